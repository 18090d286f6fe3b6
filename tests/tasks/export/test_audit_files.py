"""FEC and SAF-T of any books whatever is written in them: each is read back and proven before it is a file."""

import string
import tempfile
from datetime import date
from pathlib import Path

import pytest
from defusedxml.ElementTree import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.export import export_ledger
from tests.tasks.export.ledgers import OWNER, REQUEST, Ledger
from tests.tasks.export.saft_structure import breaches
from tests.tasks.export.strategies import ledgers

NUMBERS = st.text(string.digits + string.ascii_letters + ".-=+@'", min_size=1, max_size=8)


@pytest.mark.parametrize("form", ["fec", "saft"])
@given(ledger=ledgers(NUMBERS, places=2), is_whole=st.booleans())
@settings(max_examples=25, deadline=None)
def test_any_books_make_an_audit_file(form: str, ledger: Ledger, is_whole: bool):
    days = sorted(day for day, *_ in ledger.entries)
    with tempfile.TemporaryDirectory() as folder:
        home = ledger.publish(Path(folder) / "home")
        done = export_ledger(home, OWNER, form, Path(folder), REQUEST, days[0 if is_whole else -1], date(2026, 1, 1))
        if form == "saft":
            assert list(breaches(parse(done.path).getroot())) == []
        else:
            assert done.path.read_bytes().count(b"\r\n") >= done.lines_count + 1
