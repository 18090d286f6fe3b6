"""What is new in a table is fetched once, whatever the system of the database."""

import pytest

from tasks.errors import SourceRefused
from tasks.extract.databases import parts
from tasks.extract.fetching import Window

TAKINGS = "create table takings (id int primary key, changed_at varchar(30), amount numeric(12, 2), note varchar(50))"


def insert(*rows):
    values = ", ".join(
        f"({number}, {'null' if at is None else repr(at)}, {amount}, '{note}')" for number, at, amount, note in rows
    )
    return f"insert into takings values {values}"


def numbers(asked):
    return [int(row[0]) for row in asked.rows()]


@pytest.fixture
def takings(database):
    """Three takings of three days."""
    database.run(
        TAKINGS,
        insert((1, "2025-01-01", 10.5, "a"), (2, "2025-01-02", 20, "b"), (3, "2025-01-03", 30, "c")),
    )
    return database


FULL = {"table": "takings", "key": ["id"]}
BY_DAY = {"table": "takings", "key": ["id"], "cursor": {"column": "changed_at"}}


def test_a_table_without_a_cursor_is_read_whole_and_not_again_while_it_says_the_same(takings, asker):
    one = asker(takings, takings=FULL)
    assert numbers(one.ask()) == [1, 2, 3]
    assert one.ask().files == []
    takings.run("update takings set amount = 31 where id = 3")
    assert numbers(one.ask()) == [1, 2, 3]


def test_a_table_that_goes_back_to_what_it_was_is_another_delivery(takings, asker):
    one = asker(takings, takings=FULL)
    first = one.ask()
    takings.run("update takings set amount = 31 where id = 3")
    one.ask()
    takings.run("update takings set amount = 30 where id = 3")
    back = one.ask()
    assert back.rows() == first.rows()
    assert back.files[0].path.read_bytes() != first.files[0].path.read_bytes()


def test_the_same_rows_are_the_same_bytes(takings, asker):
    first, second = asker(takings, takings=FULL).ask(), asker(takings, takings=FULL).ask()
    assert first.files[0].path.read_bytes() == second.files[0].path.read_bytes()


def test_a_query_is_read_like_a_table(takings, asker):
    query = "select id, amount * 2 as twice from takings where note <> 'b' -- two of three"
    assert numbers(asker(takings, takings={"query": query}).ask()) == [1, 3]


def test_by_a_cursor_only_what_is_new_is_fetched(takings, asker):
    one = asker(takings, takings=BY_DAY)
    assert numbers(one.ask()) == [1, 2, 3]
    assert one.cursors["takings"] == "2025-01-03"
    assert one.ask().files == []
    takings.run(insert((4, "2025-01-04", 40, "d")))
    assert numbers(one.ask()) == [4]
    assert one.cursors["takings"] == "2025-01-04"


def test_a_row_that_comes_later_with_the_cursors_own_value_is_not_missed(takings, asker):
    one = asker(takings, takings=BY_DAY)
    one.ask()
    takings.run(insert((4, "2025-01-03", 40, "d")))
    assert sorted(numbers(one.ask())) == [3, 4]
    assert one.ask().files == []


def test_a_row_without_a_cursor_is_not_missed(takings, asker):
    takings.run(insert((9, None, 90, "i")))
    one = asker(takings, takings=BY_DAY)
    assert sorted(numbers(one.ask())) == [1, 2, 3, 9]
    assert one.ask().files == []
    takings.run(insert((10, None, 100, "j")))
    assert 10 in numbers(one.ask())


def test_an_overlap_finds_rows_that_came_late_and_is_silent_when_there_are_none(takings, asker):
    one = asker(takings, takings={**BY_DAY, "cursor": {"column": "changed_at", "overlap": "2 days"}})
    one.ask()
    assert one.ask().files == []
    takings.run(insert((4, "2025-01-02", 40, "late")))
    assert sorted(numbers(one.ask())) == [1, 2, 3, 4]
    assert one.ask().files == []


def test_an_overlap_of_numbers_is_taken_from_the_number(takings, asker):
    one = asker(takings, takings={"table": "takings", "cursor": {"column": "id", "overlap": "1"}})
    one.ask()
    takings.run("update takings set amount = 1 where id = 1")
    assert one.ask().files == []
    takings.run("update takings set amount = 1 where id = 2")
    assert numbers(one.ask()) == [2, 3]


def test_numbers_are_compared_as_numbers(database, asker):
    database.run(TAKINGS, insert(*((number, "2025-01-01", 1, "a") for number in (2, 9, 10, 11))))
    one = asker(database, takings={"table": "takings", "cursor": {"column": "id"}})
    assert numbers(one.ask()) == [2, 9, 10, 11]
    database.run(insert((12, "2025-01-01", 1, "a")))
    assert numbers(one.ask()) == [12]


def test_a_large_first_extract_is_cut_where_the_cursor_moves_on(database, asker, monkeypatch):
    monkeypatch.setattr(parts, "PART_ROWS", 4)
    days = [(number, f"2025-01-{1 + number // 3:02d}", number, "a") for number in range(20)]
    database.run(TAKINGS, insert(*days))
    asked = asker(database, takings=BY_DAY).ask()
    assert [table.num_rows for table in asked.tables] == [6, 6, 6, 2]
    assert [file.cursors["takings"] for file in asked.files] == ["2025-01-02", "2025-01-04", "2025-01-06", "2025-01-07"]
    assert sorted(numbers(asked)) == list(range(20))


def test_a_run_that_is_killed_after_a_part_goes_on_behind_it(database, asker, monkeypatch):
    monkeypatch.setattr(parts, "PART_ROWS", 4)
    database.run(TAKINGS, insert(*((number, f"2025-01-{1 + number:02d}", number, "a") for number in range(10))))
    one = asker(database, takings=BY_DAY)
    stream = one.stream()
    one.cursors |= next(stream).cursors
    stream.close()
    assert one.cursors["takings"] == "2025-01-04"
    # The last value is read again, for rows that have come with it since.
    assert numbers(one.ask()) == list(range(3, 10))


def test_a_past_window_is_fetched_and_moves_no_cursor(takings, asker):
    one = asker(takings, takings=BY_DAY)
    one.ask()
    asked = one.ask(Window("2025-01-01", "2025-01-03"))
    assert (numbers(asked), asked.cursors) == ([1, 2], {})


def test_a_mistyped_year_in_one_row_does_not_hide_what_comes_after_it(takings, asker):
    takings.run(insert((4, "2205-01-04", 40, "typo")))
    one = asker(takings, takings=BY_DAY)
    assert numbers(one.ask()) == [1, 2, 3, 4]
    assert one.cursors["takings"] == "2025-01-03"
    assert one.ask().files == []
    takings.run(insert((5, "2025-01-05", 50, "e")))
    assert numbers(one.ask()) == [5, 4]
    assert one.ask().files == []
    takings.run("update takings set changed_at = '2025-01-04' where id = 4", insert((6, "2025-01-06", 60, "f")))
    assert numbers(one.ask()) == [6]
    assert one.ask().files == []


def test_days_are_no_window_of_a_number(takings, asker):
    one = asker(takings, takings={"table": "takings", "cursor": {"column": "id"}})
    with pytest.raises(SourceRefused, match=r"shop: .*(is a number|invalid input).*2025-01-01"):
        one.ask(Window("2025-01-01", "2025-02-01"))


def test_a_window_of_a_table_without_a_cursor_is_refused_with_a_sentence(takings, asker):
    with pytest.raises(SourceRefused, match="none of its tables has a cursor"):
        asker(takings, takings=FULL).ask(Window("1", "2"))


def test_the_keys_of_a_table_are_told_where_they_are_others_than_before(takings, asker):
    one = asker(takings, takings={**BY_DAY, "deletes": True})
    rows, keys = one.ask().files
    assert (rows.keys, keys.keys.columns, keys.keys.is_alone) == (None, ("id",), True)
    assert one.ask().files == []
    takings.run("delete from takings where id = 2")
    asked = one.ask()
    assert [file.name for file in asked.files] == ["takings.keys-3.parquet"]
    assert numbers(asked) == [1, 3]


def test_a_whole_table_tells_its_keys_itself(takings, asker):
    (file,) = asker(takings, takings={**FULL, "deletes": True}).ask().files
    assert (file.keys.columns, file.keys.is_alone) == (("id",), False)


def test_all_tables_are_read_as_they_were_at_one_moment(takings, asker):
    one = asker(takings, takings=FULL, again={"query": "select id from takings", "key": ["id"]})
    stream = one.stream()
    next(stream)
    if takings.system != "sqlite":
        # SQLite lets nobody write meanwhile, which is the same to a reader.
        takings.run(insert((4, "2025-01-04", 40, "d")))
    assert len(list(stream)) == 1
    assert one.ask().tables[1].num_rows == (4 if takings.system != "sqlite" else 3)


def test_an_empty_table_has_its_columns(database, asker):
    database.run(TAKINGS)
    assert asker(database, takings=FULL).ask().table().column_names == ["id", "changed_at", "amount", "note"]
    assert asker(database, takings=BY_DAY).ask().files == []


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"table": "nowhere"}, "said no: .*nowhere"),
        ({"query": "selec id from takings"}, "said no: "),
        ({"table": "takings", "key": ["ID"]}, "takings has no column 'ID'; its columns are: id, "),
        ({"table": "takings", "cursor": {"column": "moved"}}, "takings has no column 'moved'"),
        (
            {**BY_DAY, "cursor": {"column": "note", "overlap": "1 day"}},
            "has come to 'c', from which no overlap of 1 day",
        ),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(takings, asker, table, sentence):
    one = asker(takings, takings=table)
    with pytest.raises(SourceRefused, match=sentence):
        one.ask()


def test_a_name_is_quoted_whatever_it_holds(database, asker):
    quote = "`" if database.system == "mysql" else '"'
    database.run(
        f"create table {quote}order{quote} ({quote}group by{quote} int)", f"insert into {quote}order{quote} values (7)"
    )
    asked = asker(database, takings={"table": "order", "key": ["group by"], "cursor": {"column": "group by"}}).ask()
    assert asked.rows() in ([(7,)], [("7",)])


@pytest.mark.parametrize("query", ["delete from takings returning id", "insert into takings values (8, 'x', 1, 'x')"])
def test_a_query_cannot_write(takings, asker, query):
    with pytest.raises(SourceRefused):
        asker(takings, takings={"query": query}).ask()
    assert len(asker(takings, takings=FULL).ask().rows()) == 3
