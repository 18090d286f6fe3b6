"""What a source of mails says of attached files is checked before anything is read, and decides who is asked first."""

import pytest

from tasks.errors import SourceError
from tasks.source import check_sources, load_sources
from tasks.source.attachments import Destination, destination_of, in_turn
from tasks.source.checking import load_source

DESK = """source: desk
description: Mails to the order desk
owner: sales
extract: {connector: files, path: "${COUNTINGHOUSE_HOME}/mails/*.eml", format: eml}
attachments:
  "orders*.csv": till
  "*.xml": {source: till, senders: ["*@bank.example"]}
records:
  documents:
    columns:
      document_id: message_sha256
      direction: "'in'"
      channel_code: "'mail'"
      received_at: received_at
"""


@pytest.fixture
def write_desk(write):
    """Write the desk beside the till that it feeds."""

    def write_both(*changes: tuple[str, str]):
        write()
        return write(*changes, name="desk.yml", text=DESK)

    return write_both


def test_a_desk_that_feeds_a_till_is_right(write_desk, tmp_path):
    source = load_source(write_desk())
    assert source.attachments["*.xml"] == Destination(source="till", senders=("*@bank.example",))
    assert check_sources(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('"orders*.csv": till', '"orders*.csv": tll', 6, "there is no other source 'tll'; did you mean 'till'?"),
        ('"orders*.csv": till', '"orders*.csv": desk', 6, "there is no other source 'desk'"),
        ("{source: till, senders", "{source: till, sender", 7, "'sender' is not known here; did you mean 'senders'?"),
        ("{source: till, senders", "{to: till, senders", 7, "'to' is not known here"),
        ("format: eml", "format: csv", 1, "only mails have attachments"),
    ],
)
def test_each_error_names_its_line_and_what_would_be_right(write_desk, tmp_path, old, new, line, sentence):
    file = write_desk((old, new))
    errors = check_sources(tmp_path)
    assert any(error.startswith(f"{file}:{line}: ") and sentence in error for error in errors), errors
    with pytest.raises(SourceError):
        load_source(file)


def test_attached_files_go_to_a_source_of_files(write_desk, write_database, tmp_path):
    file = write_desk()
    write_database()
    assert f"{file}:6: till is asked by another connector; attached files go to one of files" in check_sources(tmp_path)


def test_desks_that_feed_each_other_are_refused(write_desk, write, tmp_path):
    write_desk(("till\n", "other\n"))
    write(("source: desk", "source: other"), (": till\n", ": desk\n"), name="other.yml", text=DESK)
    (error,) = check_sources(tmp_path)
    assert "its mails feed a circle of sources: " in error
    with pytest.raises(SourceError):
        list(in_turn(load_sources(tmp_path)))


def test_who_feeds_others_is_asked_first_and_the_rest_stay_in_their_order(write_desk, write, tmp_path):
    write_desk()
    write(("source: till", "source: atm"), name="atm.yml")
    waves = [[source.source for source in wave] for wave in in_turn(load_sources(tmp_path))]
    assert waves == [["atm", "desk"], ["till"]]


def test_the_first_pattern_that_fits_decides_whether_letters_are_large_or_small():
    attachments = {"orders*.CSV": Destination(source="a"), "*.csv": Destination(source="b")}
    found = [destination_of(name, attachments) for name in ("Orders 1.csv", "OTHER.Csv", "x.pdf")]
    assert [to and to.source for to in found] == ["a", "b", None]


@pytest.mark.parametrize(
    ("address", "may"), [("out@bank.example", True), ("Out@BANK.example", True), ("a@b.example", False), (None, False)]
)
def test_a_sender_is_known_by_the_pattern_of_the_address(address, may):
    assert Destination(source="a", senders=("*@bank.example",)).may_come_from(address) is may


def test_without_senders_everybody_may_send():
    assert Destination(source="a").may_come_from(None)
