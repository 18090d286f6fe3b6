"""The rows of one invoice: itself, each line, allowance, charge and tax; each with what the invoice says of itself."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from schemas.en16931 import Invoice
from tasks.extract.formats.einvoice import booked
from tasks.extract.formats.einvoice.syntax import Said, Syntax
from tasks.extract.formats.einvoice.terms import ALLOWANCE_CHARGE, HEADER, LINE, PARTS, TAX, Term

COLUMNS = tuple(dict.fromkeys(("part", "position", "syntax", *(term.column for term in PARTS), *booked.COLUMNS)))
"""Every column; what a row's part of the invoice does not say is null."""

COMPACT_DAY = re.compile(r"\d{8}")
DAY_WITH_ZONE = re.compile(r"(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})")
TRUTHS = {"1": "true", "0": "false"}


@dataclass
class Rows:
    """The rows of an invoice in the order of their numbers, and the invoice as its rules see it."""

    rows: list[Said]
    invoice: Invoice


def read_rows(root: Element, syntax: Syntax) -> Rows:
    """Go through an invoice once."""
    return _Reader(root, syntax).read()


@dataclass
class _Reader:
    root: Element
    syntax: Syntax
    header: Said = field(default_factory=dict)
    rows: list[Said] = field(default_factory=list)
    positions: int = 0
    """How many lines, allowances and charges were met; each has a number of its own among them."""

    def read(self) -> Rows:
        self.header = self._header()
        self._add("invoice", {}, booked.booked_invoice(self.header))
        lines: list[Said] = []
        line_extras: list[Said] = []
        parent: str | None = None
        for element in self.syntax.lines(self.root):
            said = self._line(element)
            if not self.syntax.is_counted(self.root, element):
                # Lines under a line explain it; its amount is theirs, and counts once. UBL writes them into it.
                above = parent if element.tag.startswith("Sub") else said["parent_line_id"]
                self._add("sub_line", said | {"parent_line_id": above})
                continue
            parent = said.get("line_id")
            extras = [self._extra(one) for one in self.syntax.line_allowances_and_charges(element)]
            self._add_line(said, extras)
            lines.append(said)
            line_extras += [extra | {"line_id": parent} for extra in extras]
        extras = [self._extra(one) for one in self.syntax.allowances_and_charges(self.root)]
        for extra in extras:
            self._add_counted("allowance_charge", extra, booked.booked_allowance_charge(self.header, extra, {}))
        taxes = [self._said(TAX, one) for one in self.syntax.taxes(self.root)]
        for tax in taxes:
            self._add("tax", tax, booked.booked_tax(tax))
        invoice = Invoice(self.header, tuple(lines), tuple(taxes), tuple(extras), tuple(line_extras))
        return Rows(self.rows, invoice)

    def _header(self) -> Said:
        said = self._said(HEADER, self.root) | self.syntax.more(self.root)
        period = self.root.find(self.syntax.period)
        # In UBL a period may hold nothing but the code of the day on which tax is due (BT-8).
        if period is not None and period.find("DescriptionCode") is None:
            said["has_period"] = "true"
        return said | {"syntax": self.syntax.name}

    def _line(self, element: Element) -> Said:
        has_period = element.find(self.syntax.line_period) is not None
        return self._said(LINE, element) | {"has_line_period": "true" if has_period else None}

    def _extra(self, element: Element) -> Said:
        said = self._said(ALLOWANCE_CHARGE, element)
        if element.tag == "SpecifiedLogisticsServiceCharge":
            said["is_charge"] = "true"
        indicator = said.get("is_charge")
        return said | {"is_charge": TRUTHS.get(indicator, indicator) if indicator else None}

    def _said(self, terms: tuple[Term, ...], element: Element) -> Said:
        return {term.column: _text_of(term, self.syntax.path(term), element) for term in terms}

    def _add_line(self, line: Said, extras: list[Said]) -> None:
        self._add_counted("line", line, booked.booked_line(self.header, line, extras))
        for extra in extras:
            of_line = {"line_id": line.get("line_id")}
            self._add_counted(
                "line_allowance_charge", extra | of_line, booked.booked_allowance_charge(self.header, extra, line)
            )

    def _add_counted(self, part: str, said: Said, worked_out: Said) -> None:
        self.positions += 1
        self._add(part, said | {"position": str(self.positions)}, worked_out)

    def _add(self, part: str, said: Said, worked_out: Said | None = None) -> None:
        self.rows.append(self.header | said | (worked_out or {}) | {"part": part})


def _text_of(term: Term, paths: str, element: Element) -> str | None:
    for path in filter(None, paths.split(" | ")):
        texts = [_as_day(term, text) for text in _texts(path, element) if text]
        if texts:
            return "\n".join(texts) if term.is_repeated else texts[0]
    return None


def _texts(path: str, element: Element) -> list[str | None]:
    place, _, attribute = path.partition("/@")
    return [one.get(attribute) if attribute else one.text for one in element.findall(place)]


def _as_day(term: Term, text: str) -> str:
    """A day as the record writes it: CII leaves the hyphens out, UBL may name a time zone."""
    if not term.column.endswith("_date"):
        return text
    if COMPACT_DAY.fullmatch(text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    zoned = DAY_WITH_ZONE.fullmatch(text)
    return zoned[1] if zoned else text
