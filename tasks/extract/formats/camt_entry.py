"""What an entry of a CAMT statement, or a transaction within it, says, in columns."""

from decimal import Decimal
from xml.etree.ElementTree import Element

from tasks.extract.formats.statements import Row, decimal

TEXTS = {
    "reference": "RmtInf/Ustrd",
    "additional_information": "AddtlTxInf",
}

SINGLE = {
    "end_to_end_id": ("Refs/EndToEndId",),
    "instruction_id": ("Refs/InstrId",),
    "payment_id": ("Refs/PmtInfId",),
    "transaction_id": ("Refs/TxId",),
    "mandate_id": ("Refs/MndtId",),
    "cheque_no": ("Refs/ChqNb",),
    "bank_reference": ("Refs/AcctSvcrRef",),
    "bank_transaction_code": ("BkTxCd/Prtry/Cd",),
    "purpose_code": ("Purp/Cd", "Purp/Prtry"),
    "return_reason_code": ("RtrInf/Rsn/Cd", "RtrInf/RtrRsn/Cd", "RtrInf/Rsn/Prtry"),
    "structured_reference": ("RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/CdtrRefInf/CdtrRef"),
    "creditor_id": ("RltdPties/Cdtr/Pty/Id/PrvtId/Othr/Id", "RltdPties/Cdtr/Id/PrvtId/Othr/Id"),
    "instructed_amount": ("AmtDtls/InstdAmt/Amt",),
    "exchange_rate": (
        "AmtDtls/InstdAmt/CcyXchg/XchgRate",
        "AmtDtls/TxAmt/CcyXchg/XchgRate",
        "AmtDtls/CntrValAmt/CcyXchg/XchgRate",
    ),
    "charges_amount": ("Chrgs/TtlChrgsAndTaxAmt", "Chrgs/Rcrd/Amt", "Chrgs/Amt"),
}
"""Where a transaction says what, by version of the standard."""

PARTIES = {"debtor": "Dbtr", "creditor": "Cdtr"}


class Said:
    """What stands in an element, by the names that lead there, whatever their namespace; each is gone through once."""

    def __init__(self, element: Element) -> None:
        self._found: dict[str, list[Element]] = {}
        self._go_through(element, "")

    def _go_through(self, element: Element, before: str) -> None:
        for child in element:
            place = before + local(child)
            self._found.setdefault(place, []).append(child)
            if len(child):
                self._go_through(child, f"{place}/")

    def text(self, *places: str) -> str | None:
        """The text at the first of these places that has one."""
        for place in places:
            for element in self._found.get(place, ()):
                if element.text and (text := element.text.strip()):
                    return text
        return None

    def lines(self, place: str) -> str | None:
        """The texts of an element that stands several times, as the lines that they are."""
        texts = ((one.text or "").strip() for one in self._found.get(place, ()))
        return "\n".join(text for text in texts if text) or None

    def currency(self, *places: str) -> str | None:
        """The currency of the amount at the first of these places that is there."""
        return next((self._found[place][0].get("Ccy") for place in places if place in self._found), None)


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def signed(amount: str | None, direction: str | None) -> Decimal | None:
    """An amount with the sign of its direction; None where either cannot be read."""
    value = decimal(amount)
    if value is None or direction not in {"CRDT", "DBIT"}:
        return None
    # A minus would round what has more than 28 digits.
    return value.copy_negate() if direction == "DBIT" else value


def _code(said: Said) -> str | None:
    """The bank transaction code of the standard, such as PMNT/RCDT/ESCT."""
    parts = [said.text(f"BkTxCd/Domn/{name}") for name in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd")]
    return "/".join(part or "" for part in parts) if parts[0] else None


def day(text: str | None) -> str | None:
    """The local day, as the bank writes it; a moment has its offset, and its day is the bank's."""
    return text[:10] if text else None


def entry_row(said: Said) -> tuple[Row, Decimal | None]:
    """An entry, and what it adds to the balance; of a reversal the direction is the reversal's own."""
    amount = signed(said.text("Amt"), said.text("CdtDbtInd"))
    row: Row = {
        "status": said.text("Sts/Cd", "Sts/Prtry", "Sts"),
        "is_reversal": "true" if said.text("RvslInd") in {"true", "1"} else "false",
        # Digits without a direction would read as money that came in.
        "amount": None if decimal(said.text("Amt")) is not None else said.text("Amt"),
        "currency": said.currency("Amt"),
        "booking_date": day(said.text("BookgDt/Dt", "BookgDt/DtTm")),
        "value_date": day(said.text("ValDt/Dt", "ValDt/DtTm")),
        "entry_reference": said.text("NtryRef"),
        "bank_reference": said.text("AcctSvcrRef"),
        "payment_id": said.text("NtryDtls/Btch/PmtInfId", "Btch/PmtInfId"),
        "transaction_code": _code(said),
        "bank_transaction_code": said.text("BkTxCd/Prtry/Cd"),
        "additional_information": said.text("AddtlNtryInf"),
        "charges_amount": said.text(*SINGLE["charges_amount"]),
        "charges_currency": said.currency(*SINGLE["charges_amount"]),
    }
    return row, amount


def item_row(said: Said) -> Row:
    """One transaction of an entry; its amount is without a sign yet."""
    row: Row = {column: said.text(*places) for column, places in SINGLE.items()}
    row |= {column: said.lines(place) for column, place in TEXTS.items()}
    own = ("Amt", "AmtDtls/TxAmt/Amt")
    row |= {
        "amount": said.text(*own),
        "currency": said.currency(*own),
        "transaction_code": _code(said),
        "instructed_currency": said.currency("AmtDtls/InstdAmt/Amt"),
        "charges_currency": said.currency(*SINGLE["charges_amount"]),
    }
    for party, name in PARTIES.items():
        agent = f"RltdAgts/{name}Agt/FinInstnId"
        iban = said.text(f"RltdPties/{name}Acct/Id/IBAN")
        row |= {
            f"{party}_name": said.text(f"RltdPties/{name}/Pty/Nm", f"RltdPties/{name}/Nm"),
            f"ultimate_{party}_name": said.text(f"RltdPties/Ultmt{name}/Pty/Nm", f"RltdPties/Ultmt{name}/Nm"),
            f"{party}_iban": iban,
            f"{party}_account": iban
            or said.text(f"RltdPties/{name}Acct/Id/Othr/Id", f"RltdPties/{name}Acct/Id/PrtryAcct/Id"),
            f"{party}_bank": said.text(f"{agent}/BICFI", f"{agent}/BIC", f"{agent}/Nm"),
        }
    return row
