"""Terms that an invoice may only say together, or must say one of (BR-CO-03 to BR-CO-26 but the totals)."""

from collections.abc import Iterable, Iterator

from schemas.en16931.document import Invoice, Terms, amount, is_allowance, is_charge, kind_of, name_of
from schemas.en16931.rule import Rule

COUNTRIES = (
    "1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH EL ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM "
    "JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ "
    "MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE "
    "RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT "
    "TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW"
)
"""ISO 3166-1 alpha-2, and what VAT knows beside it: EL for Greece, XI for Northern Ireland, 1A for Kosovo."""


def tax_point_is_said_once(invoice: Invoice) -> Iterator[str]:
    """BR-CO-03."""
    date, code = invoice.header.get("vat_point_date"), invoice.header.get("vat_point_date_code")
    if date and code:
        yield f"BT-7 is {date} and BT-8 is {code}"


def lines_have_a_tax_category(invoice: Invoice) -> Iterator[str]:
    """BR-CO-04."""
    for line in invoice.lines:
        if not line.get("tax_category_code"):
            yield f"BT-151 of line {name_of(line)} is missing"


def vat_numbers_begin_with_a_country(invoice: Invoice) -> Iterator[str]:
    """BR-CO-09."""
    for name, term in (("seller_vat_id", "BT-31"), ("tax_representative_vat_id", "BT-63"), ("buyer_vat_id", "BT-48")):
        vat_id = invoice.header.get(name)
        if vat_id and vat_id[:2] not in COUNTRIES.split():
            yield f"{term} begins with {vat_id[:2]!r}, which is no country"


def period_has_a_day(invoice: Invoice) -> Iterator[str]:
    """BR-CO-19."""
    header = invoice.header
    if header.get("has_period") and not (header.get("period_start_date") or header.get("period_end_date")):
        yield "its invoicing period has neither BT-73 nor BT-74"


def line_periods_have_a_day(invoice: Invoice) -> Iterator[str]:
    """BR-CO-20."""
    for line in invoice.lines:
        if line.get("has_line_period") and not (line.get("line_period_start_date") or line.get("line_period_end_date")):
            yield f"the period of line {name_of(line)} has neither BT-134 nor BT-135"


def _without_reason(groups: Iterable[Terms], terms: str) -> Iterator[str]:
    for one in groups:
        if not one.get("reason") and not one.get("reason_code"):
            yield f"{kind_of(one)} of {one.get('allowance_charge_amount')} has neither {terms}"


def allowances_have_a_reason(invoice: Invoice) -> Iterator[str]:
    """BR-CO-21."""
    yield from _without_reason(filter(is_allowance, invoice.allowances_and_charges), "BT-97 nor BT-98")


def charges_have_a_reason(invoice: Invoice) -> Iterator[str]:
    """BR-CO-22."""
    yield from _without_reason(filter(is_charge, invoice.allowances_and_charges), "BT-104 nor BT-105")


def line_allowances_have_a_reason(invoice: Invoice) -> Iterator[str]:
    """BR-CO-23."""
    yield from _without_reason(filter(is_allowance, invoice.line_allowances_and_charges), "BT-139 nor BT-140")


def line_charges_have_a_reason(invoice: Invoice) -> Iterator[str]:
    """BR-CO-24."""
    yield from _without_reason(filter(is_charge, invoice.line_allowances_and_charges), "BT-144 nor BT-145")


def what_is_due_has_a_day_or_terms(invoice: Invoice) -> Iterator[str]:
    """BR-CO-25."""
    due = amount(invoice.header, "due_amount")
    if due is not None and due > 0 and not (invoice.header.get("due_date") or invoice.header.get("payment_terms")):
        yield f"BT-115 is {due}, but there is neither BT-9 nor BT-20"


def seller_can_be_told(invoice: Invoice) -> Iterator[str]:
    """BR-CO-26."""
    if not any(invoice.header.get(name) for name in ("seller_id", "seller_registration_id", "seller_vat_id")):
        yield "its seller has neither BT-29 nor BT-30 nor BT-31"


TERMS_TOGETHER = (
    Rule(
        "BR-CO-03",
        "Value added tax point date (BT-7) and Value added tax point date code (BT-8) are mutually exclusive.",
        tax_point_is_said_once,
    ),
    Rule(
        "BR-CO-04",
        "Each Invoice line (BG-25) shall be categorized with an Invoiced item VAT category code (BT-151).",
        lines_have_a_tax_category,
    ),
    Rule(
        "BR-CO-09",
        "The VAT identifiers of Seller (BT-31), Seller tax representative (BT-63) and Buyer (BT-48) shall "
        "have a prefix in accordance with ISO 3166-1 alpha-2 by which the country of issue may be identified.",
        vat_numbers_begin_with_a_country,
    ),
    Rule(
        "BR-CO-19",
        "If Invoicing period (BG-14) is used, the start date (BT-73) or the end date (BT-74) shall be filled, or both.",
        period_has_a_day,
    ),
    Rule(
        "BR-CO-20",
        "If Invoice line period (BG-26) is used, the start date (BT-134) or the end date (BT-135) shall be "
        "filled, or both.",
        line_periods_have_a_day,
    ),
    Rule(
        "BR-CO-21",
        "Each Document level allowance (BG-20) shall contain a reason (BT-97) or a reason code (BT-98), or both.",
        allowances_have_a_reason,
    ),
    Rule(
        "BR-CO-22",
        "Each Document level charge (BG-21) shall contain a reason (BT-104) or a reason code (BT-105), or both.",
        charges_have_a_reason,
    ),
    Rule(
        "BR-CO-23",
        "Each Invoice line allowance (BG-27) shall contain a reason (BT-139) or a reason code (BT-140), or both.",
        line_allowances_have_a_reason,
    ),
    Rule(
        "BR-CO-24",
        "Each Invoice line charge (BG-28) shall contain a reason (BT-144) or a reason code (BT-145), or both.",
        line_charges_have_a_reason,
    ),
    Rule(
        "BR-CO-25",
        "In case the Amount due for payment (BT-115) is positive, either the Payment due date (BT-9) or the "
        "Payment terms (BT-20) shall be present.",
        what_is_due_has_a_day_or_terms,
    ),
    Rule(
        "BR-CO-26",
        "In order for the buyer to automatically identify a supplier, the Seller identifier (BT-29), the "
        "Seller legal registration identifier (BT-30) or the Seller VAT identifier (BT-31) shall be present.",
        seller_can_be_told,
    ),
)
