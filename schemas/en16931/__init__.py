"""The rules of an electronic invoice: those of EN 16931 that hold its figures together, as values.

An invoice is one fact: where one of them is broken, all of its rows are refused, each with the identifier of the rule
and the figures that break it. The sentences are those of the standard; where its published tests (CEN/TC 434) decide
otherwise, the rule says so. BR-CO-05 to BR-CO-08, that a code and a text mean the same, are for people: the published
tests of them are always true.
"""

from decimal import localcontext

from schemas.en16931.decimals import DECIMALS
from schemas.en16931.document import Invoice
from schemas.en16931.presence import PRESENCE
from schemas.en16931.rule import Broken, Rule
from schemas.en16931.terms_together import TERMS_TOGETHER
from schemas.en16931.totals import TOTALS

__all__ = ["GUIDELINE", "RULES", "WITHOUT_LINES", "Broken", "Invoice", "Rule", "broken_rules"]

RULES: tuple[Rule, ...] = (*PRESENCE, *TOTALS, *TERMS_TOGETHER, *DECIMALS)
"""Every rule; what must be there comes first, and what cannot be added up is not judged by sums."""

GUIDELINE = "urn:cen.eu:en16931:2017"
"""How the specification (BT-24) of every invoice of the standard begins: its own, its restrictions, its extensions."""

_WITHOUT_LINES = frozenset({"BR-16", "BR-CO-10"})
_TOTALS_ONLY = _WITHOUT_LINES | {"BR-12", "BR-CO-11", "BR-CO-12", "BR-CO-13", "BR-CO-14", "BR-CO-16", "BR-CO-18"}

WITHOUT_LINES = {
    "urn:factur-x.eu:1p0:minimum": _TOTALS_ONLY | {"BR-CO-25"},
    "urn:zugferd.de:2p0:minimum": _TOTALS_ONLY | {"BR-CO-25"},
    "urn:factur-x.eu:1p0:basicwl": _WITHOUT_LINES,
    "urn:zugferd.de:2p0:basicwl": _WITHOUT_LINES,
}
"""The profiles of Factur-X that are less than the standard, and the rules that cannot be asked of them."""

# Two numbers of the greatest length multiplied, and room for the sum of as many as fit into a file.
_DIGITS = 128


def broken_rules(invoice: Invoice) -> list[Broken]:
    """Every rule that the invoice breaks, with the figures; none where it is right."""
    not_asked = WITHOUT_LINES.get(invoice.guideline, frozenset())
    with localcontext(prec=_DIGITS):
        return [
            Broken(rule.name, _told(found))
            for rule in RULES
            if rule.id not in not_asked and (found := list(rule.breaks(invoice)))
        ]


def _told(found: list[str]) -> str:
    """The first places in which a rule is broken; a thousand lines without a category are one mistake."""
    shown = "; ".join(found[:3])
    return f"{shown}; and {len(found) - 3} more" if len(found) > 3 else shown
