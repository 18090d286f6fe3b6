"""Books that hypothesis thinks of: any accounts, texts, days, amounts and currencies."""

import string
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.tasks.export.ledgers import CHART, CLASSES, Ledger, Posted, d

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CODES = st.text(string.ascii_letters + string.digits + " .-_:;%/()äß'\"*!", min_size=1, max_size=8).filter(
    lambda code: code == code.strip()
)


def amounts_with(places: int) -> st.SearchStrategy[Decimal]:
    """Amounts of so many decimals."""
    return st.decimals(-(10**9), 10**9, places=places)


@st.composite
def ledgers(draw: st.DrawFn, codes: st.SearchStrategy[str] = CODES, places: int = 4) -> Ledger:
    """Books of any accounts, texts, days and currencies; every entry balances, and nothing else is promised."""
    known = draw(st.lists(codes, min_size=2, max_size=6, unique=True))
    kinds = st.sampled_from(sorted(CLASSES))
    accounts = {code: (draw(TEXTS.filter(bool)), draw(kinds), None) for code in known}
    accounts |= {code: CHART[code] for code in ("119000", "411000") if code not in accounts}
    entries = []
    for _ in range(draw(st.integers(1, 8))):
        day = date(2023, 1, 1) + timedelta(days=draw(st.integers(0, 3 * 365)))
        amounts = draw(st.lists(amounts_with(places), min_size=1, max_size=4))
        lines = [
            Posted(
                draw(st.sampled_from(sorted(accounts))), amount, draw(st.none() | TEXTS), draw(st.none() | TEXTS),
                draw(st.none() | TEXTS), draw(st.none() | TEXTS), draw(st.sampled_from(["EUR", "USD", "JPY"])),
                draw(st.none() | amounts_with(places)),
            )
            for amount in [*amounts, -sum(amounts, d("0"))]
        ]  # fmt: skip
        entries.append((day, draw(st.sampled_from(["sales", "bank", "general"])), "journal", lines))
    # Posting goes by day, and so do the numbers.
    return Ledger(accounts, sorted(entries, key=lambda entry: entry[0]), as_of=date(2026, 1, 1))
