"""DATEV booking batches: every booking comes out balanced, with the tax that it implies or the word that it lacks."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableFile
from tasks.extract.formats.datev_taxes import Key, read_key
from tests.tasks.extract.formats.journals import said

HEAD = (
    '"EXTF";700;21;"Buchungsstapel";{version};20250401120000000;;"RE";"";"";29098;55003;{year};{digits};{first};{last};'
    '"First quarter";"WD";1;0;0;"EUR";;"";;;"{chart}";;;"";""\r\n'
)
NAMES = (
    "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;"
    "Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext;"
    "KOST1 - Kostenstelle;Festschreibung;Leistungsdatum;Generalumkehr (GU)\r\n"
)
FIELDS = {
    "amount": "119,00", "side": '"S"', "currency": '"EUR"', "rate": "", "base": "", "base_currency": '""',
    "account": "10001", "contra": "8400", "key": '""', "day": "0201", "document": '"RE-1"', "document_2": '""',
    "discount": "", "text": '"Bänder; rot"', "cost_centre": '"K1"', "is_final": "0", "service": "", "reversal": '"0"',
}  # fmt: skip


def batch(*bookings: dict[str, str], **head: object) -> bytes:
    about = {
        "version": 13, "year": 20250101, "digits": 4, "first": 20250101, "last": 20251231, "chart": "03",
    } | head  # fmt: skip
    lines = "".join(";".join((FIELDS | booking).values()) + "\r\n" for booking in bookings)
    return (HEAD.format(**about) + NAMES + lines).encode("cp1252")


@pytest.fixture
def read_batch(read):
    return partial(read, name="EXTF_a.csv", format="datev", encoding="cp1252")


def lines(reading) -> list[tuple[str, str, str]]:
    return [(row["part"], row["account"], row["amount"]) for row in said(reading)]


def test_a_booking_is_two_lines(read_batch):
    row, contra = said(read_batch(batch({"contra": "1200", "amount": "50,00"})))
    assert (row["date"], row["document_id"], row["description"]) == ("2025-01-02", "RE-1", "Bänder; rot")
    assert (row["account"], row["contra_account"], row["amount"]) == ("10001", "1200", "50.00")
    assert (contra["account"], contra["contra_account"], contra["amount"]) == ("1200", "10001", "-50.00")
    assert (row["cost_centre"], row["is_final"], row["tax_key"], row["not_booked"]) == ("K1", "0", None, None)
    assert (row["batch"], row["consultant"], row["client"], row["chart"]) == ("First quarter", "29098", "55003", "03")


def test_credit_turns_the_signs(read_batch):
    reading = read_batch(batch({"contra": "1200", "side": '"H"'}))
    assert lines(reading) == [("account", "10001", "-119.00"), ("contra", "1200", "119.00")]


def test_an_account_that_books_its_tax_by_itself(read_batch):
    assert lines(read_batch(batch({}))) == [
        ("account", "10001", "119.00"), ("contra", "8400", "-100.00"), ("tax", "1776", "-19.00"),
    ]  # fmt: skip


def test_a_key_for_input_tax(read_batch):
    bill = {"account": "4930", "contra": "70001", "key": '"9"', "amount": "11,90"}
    reading = read_batch(batch(bill))
    assert lines(reading) == [("account", "4930", "10.00"), ("contra", "70001", "-11.90"), ("tax", "1576", "1.90")]
    assert {row["tax_rate_pct"] for row in said(reading)} == {"19"}
    other_chart = batch(bill | {"account": "6815"}, chart="04")
    assert lines(read_batch(other_chart))[2] == ("tax", "1406", "1.90")


def test_longer_accounts_are_those_of_the_chart_with_zeros(read_batch):
    reading = read_batch(batch({"account": "1000100", "contra": "840000"}, digits=6))
    assert lines(reading) == [
        ("account", "1000100", "119.00"), ("contra", "840000", "-100.00"), ("tax", "177600", "-19.00"),
    ]  # fmt: skip


def test_a_zero_in_front_that_a_program_left_out(read_batch):
    reading = read_batch(batch({"account": "27", "contra": "1200", "day": "201"}))
    assert (said(reading)[0]["account"], said(reading)[0]["date"]) == ("0027", "2025-01-02")


NOT_BOOKED = {
    "a key whose tax is not everybody's": ({"key": '"94"', "contra": "4930"}, "the tax key 94"),
    "a key while other rates held": (
        {"key": '"9"', "contra": "4930", "service": "01082020"},
        "the tax key 9 on 2020-08-01",
    ),
    "a key before the rate": ({"key": '"9"', "contra": "4930", "service": "31122006"}, "the tax key 9 on 2006-12-31"),
    "a key where both may be net": ({"key": '"9"', "account": "4930", "contra": "4940"}, "holds the net amount"),
    "a key where none is": ({"key": '"9"', "contra": "1200"}, "holds the net amount"),
    "a key on an automatic account": ({"key": '"3"'}, "books its tax by itself"),
    "a discount": ({"contra": "1200", "discount": "3,50"}, "the cash discount"),
}


@pytest.mark.parametrize(("booking", "why"), NOT_BOOKED.values(), ids=NOT_BOOKED)
def test_what_is_not_booked_is_said_on_every_line(read_batch, booking: dict[str, str], why: str):
    rows = said(read_batch(batch(booking)))
    assert [row["part"] for row in rows] == ["account", "contra"]
    assert all(why in row["not_booked"] for row in rows)


def test_a_key_without_a_chart_is_not_booked(read_batch):
    row, _ = said(read_batch(batch({"key": '"9"', "contra": "4930"}, chart="")))
    assert row["not_booked"] == "the tax key 9: the header names no standard chart"


def test_a_general_reversal_takes_back(read_batch):
    for reversal in ({"reversal": '"1"'}, {"key": '"20"'}):
        reading = read_batch(batch({"contra": "1200"} | reversal))
        assert lines(reading) == [("account", "10001", "-119.00"), ("contra", "1200", "119.00")]
        assert said(reading)[0]["is_reversal"] == "true"
    assert lines(read_batch(batch({"reversal": "1"})))[2] == ("tax", "1776", "19.00")


def test_keys():
    assert read_key("0009") == read_key("9") == Key("9")
    assert read_key("40") == Key(None, is_lifted=True)
    assert read_key("49") == Key("9", is_lifted=True)
    assert read_key("29") == Key("9", is_reversed=True)
    assert read_key("30") == Key(None, is_lifted=True, is_reversed=True)
    assert read_key("94") == Key("94")
    assert read_key("506") == Key("506")


def test_a_lifted_account_books_no_tax(read_batch):
    assert lines(read_batch(batch({"key": '"40"'}))) == [("account", "10001", "119.00"), ("contra", "8400", "-119.00")]


def test_another_currency_by_its_rate_or_its_amount(read_batch):
    dollars = {"contra": "1200", "currency": '"USD"'}
    for given_as in ({"rate": "1,19"}, {"rate": "1,19", "base": "100,00", "base_currency": '"EUR"'}):
        row, contra = said(read_batch(batch(dollars | given_as)))
        assert (row["amount"], row["currency_amount"], row["currency_code"]) == ("100.00", "119.00", "USD")
        assert (contra["amount"], contra["currency_amount"]) == ("-100.00", "-119.00")
        assert contra["base_currency_code"] == "EUR"


def test_the_year_of_a_day_is_that_of_the_financial_year(read_batch):
    of_july = {"year": 20240701, "first": 20240701, "last": 20250630}
    rows = said(read_batch(batch({"day": "0107"}, {"day": "3006"}, **of_july)))
    assert sorted({row["date"] for row in rows}) == ["2024-07-01", "2025-06-30"]
    leap = said(read_batch(batch({"day": "2902"}, year=20230701, first=20230701, last=20240630)))
    assert leap[0]["date"] == "2024-02-29"


SET_ASIDE = {
    "an amount that is none": ({"amount": "1.190,00"}, "is no amount such as 1234,56"),
    "an amount below nothing": ({"amount": "-1,00"}, "is no amount such as"),
    "a side that is none": ({"side": '"X"'}, "neither S (debit) nor H (credit)"),
    "a day that is none": ({"day": "3102"}, "is no day of the financial year"),
    "a day that is no number": ({"day": "1.1."}, "is no day as DDMM"),
    "a day outside the batch": ({"day": "0107"}, "is not between"),
    "no account": ({"account": ""}, "is no number of an account"),
    "a key that is none": ({"key": '"x"'}, "is no tax key"),
    "a currency without a rate": ({"currency": '"USD"'}, "neither a rate nor its amount"),
    "a service day that is none": ({"service": "99999999"}, "is no day as DDMMYYYY"),
    "a quote that is open": ({"text": '"Bänder'}, "its quotes are not closed"),
}


@pytest.mark.parametrize(("booking", "why"), SET_ASIDE.values(), ids=SET_ASIDE)
def test_a_booking_that_cannot_be_read_is_one_row_set_aside(read_batch, booking: dict[str, str], why: str):
    reading = read_batch(batch({}, booking, {"contra": "1200"}, last=20250331))
    assert [row["part"] for row in said(reading)] == ["account", "contra", "tax", "account", "contra"]
    (malformed,) = reading.malformed
    assert (malformed.row, malformed.rule) == (4, "structure:entry")
    assert why in malformed.reason


REFUSED = {
    "no DATEV file": (b"a;b\r\n1;2\r\n", "it does not begin with EXTF"),
    "another category": (batch().replace(b";21;", b";16;", 1), "booking batches 7 to 13 are read"),
    "a version too old": (batch(version=5), "Buchungsstapel 5 of header 700; booking batches 7 to 13"),
    "a version too new": (batch(version=14), "booking batches 7 to 13"),
    "a header of another version": (batch().replace(b";700;", b";300;", 1), "of header 300"),
    "no financial year": (batch(year=""), "does not say the beginning of the financial year"),
    "no period": (batch(first=20251301), "does not say its first day"),
    "a column that is missing": (batch().replace(b";Konto;", b";Other;"), "its second line names no column 'konto'"),
    "a header alone": (batch().splitlines()[0], "its second line names no column"),
    "another encoding": (batch({}).decode("cp1252").encode("utf-16-be"), "it does not begin|NUL"),
    "an HTML page": (b"<html>", "it is an HTML page"),
}


@pytest.mark.parametrize(("content", "why"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_batch_is_refused(read_batch, content: bytes, why: str):
    with pytest.raises(UnreadableFile, match=why):
        read_batch(content)


def test_bytes_that_are_no_utf8_say_which_encoding_is_missing(read):
    with pytest.raises(UnreadableFile, match="line 2: it is not utf-8 text; say in the source which `encoding:`"):
        read(batch({}), "EXTF_a.csv", format="datev")


ACCOUNTS = st.sampled_from(["10001", "8400", "8300", "3400", "4930", "1200", "70001"])


@given(
    amounts=st.lists(st.decimals(0, 10**7, places=2), min_size=1, max_size=6),
    accounts=st.tuples(ACCOUNTS, ACCOUNTS),
    side=st.sampled_from("SH"),
    key=st.sampled_from(["", "2", "3", "8", "9", "20", "29", "40", "94"]),
    day=st.dates(date(2025, 1, 1), date(2025, 12, 31)),
    rate=st.decimals(Decimal("0.5"), 2, places=4),
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_booking_sums_to_nothing_in_both_currencies(read_batch, amounts, accounts, side, key, day, rate):
    about = {"account": accounts[0], "contra": accounts[1], "side": side, "key": key, "day": f"{day:%d%m}"}
    about |= {"currency": '"USD"', "rate": str(rate).replace(".", ",")}
    reading = read_batch(batch(*({"amount": str(amount).replace(".", ",")} | about for amount in amounts)))
    assert reading.malformed == []
    for name in ("amount", "currency_amount"):
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in said(reading):
            sums[row["entry_no"]] += Decimal(row[name])
        assert list(sums.values()) == [0] * len(amounts)
