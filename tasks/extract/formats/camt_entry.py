"""What an entry of a CAMT statement, or a transaction within it, says, in columns."""

from decimal import Decimal
from functools import cache
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


@cache
def _path(path: str) -> str:
    return "/".join(f"{{*}}{name}" for name in path.split("/"))


def said(element: Element, *paths: str) -> str | None:
    """The text at the first of these places that has one, whatever the namespace."""
    for path in paths:
        text = (element.findtext(_path(path)) or "").strip()
        if text:
            return text
    return None


def _joined(element: Element, path: str) -> str | None:
    """The texts of an element that stands several times, as the lines that they are."""
    return "\n".join(one.text.strip() for one in element.findall(_path(path)) if one.text and one.text.strip()) or None


def _currency(element: Element, *paths: str) -> str | None:
    found = (element.find(_path(path)) for path in paths)
    return next((one.get("Ccy") for one in found if one is not None), None)


def signed(amount: str | None, direction: str | None) -> Decimal | None:
    """An amount with the sign of its direction; None where either cannot be read."""
    value = decimal(amount)
    if value is None or direction not in {"CRDT", "DBIT"}:
        return None
    # A minus would round what has more than 28 digits.
    return value.copy_negate() if direction == "DBIT" else value


def _code(element: Element) -> str | None:
    """The bank transaction code of the standard, such as PMNT/RCDT/ESCT."""
    parts = [said(element, f"BkTxCd/Domn/{name}") for name in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd")]
    return "/".join(part or "" for part in parts) if parts[0] else None


def _day(element: Element, name: str) -> str | None:
    """The local day, as the bank writes it; a moment has its offset, and its day is the bank's."""
    text = said(element, f"{name}/Dt", f"{name}/DtTm")
    return text[:10] if text else None


def entry_row(element: Element) -> tuple[Row, Decimal | None]:
    """An entry, and what it adds to the balance; of a reversal the direction is the reversal's own."""
    amount = signed(said(element, "Amt"), said(element, "CdtDbtInd"))
    row: Row = {
        "status": said(element, "Sts/Cd", "Sts/Prtry", "Sts"),
        "is_reversal": "true" if said(element, "RvslInd") in {"true", "1"} else "false",
        "amount": said(element, "Amt"),
        "currency": _currency(element, "Amt"),
        "booking_date": _day(element, "BookgDt"),
        "value_date": _day(element, "ValDt"),
        "entry_reference": said(element, "NtryRef"),
        "bank_reference": said(element, "AcctSvcrRef"),
        "payment_id": said(element, "NtryDtls/Btch/PmtInfId", "Btch/PmtInfId"),
        "transaction_code": _code(element),
        "bank_transaction_code": said(element, "BkTxCd/Prtry/Cd"),
        "additional_information": said(element, "AddtlNtryInf"),
        "charges_amount": said(element, *SINGLE["charges_amount"]),
        "charges_currency": _currency(element, *SINGLE["charges_amount"]),
    }
    return row, amount


def item_row(element: Element) -> Row:
    """One transaction of an entry; its amount is without a sign yet."""
    row: Row = {column: said(element, *paths) for column, paths in SINGLE.items()}
    row |= {column: _joined(element, path) for column, path in TEXTS.items()}
    own = ("Amt", "AmtDtls/TxAmt/Amt")
    row |= {
        "amount": said(element, *own),
        "currency": _currency(element, *own),
        "transaction_code": _code(element),
        "instructed_currency": _currency(element, "AmtDtls/InstdAmt/Amt"),
        "charges_currency": _currency(element, *SINGLE["charges_amount"]),
    }
    for party, name in PARTIES.items():
        agent = f"RltdAgts/{name}Agt/FinInstnId"
        iban = said(element, f"RltdPties/{name}Acct/Id/IBAN")
        row |= {
            f"{party}_name": said(element, f"RltdPties/{name}/Pty/Nm", f"RltdPties/{name}/Nm"),
            f"ultimate_{party}_name": said(element, f"RltdPties/Ultmt{name}/Pty/Nm", f"RltdPties/Ultmt{name}/Nm"),
            f"{party}_iban": iban,
            f"{party}_account": iban
            or said(element, f"RltdPties/{name}Acct/Id/Othr/Id", f"RltdPties/{name}Acct/Id/PrtryAcct/Id"),
            f"{party}_bank": said(element, f"{agent}/BICFI", f"{agent}/BIC", f"{agent}/Nm"),
        }
    return row


def item_amount(element: Element) -> str | None:
    """In which direction a transaction moved money, where it says so itself."""
    return said(element, "CdtDbtInd")
