"""The bank: statements of one account as CAMT.053, of another as MT940, in a folder."""

from datetime import date
from decimal import Decimal
from pathlib import Path

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>
<GrpHdr><MsgId>{number}</MsgId><CreDtTm>{day}T18:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>{number}</Id><CreDtTm>{day}T18:00:00Z</CreDtTm>
<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>EUR</Ccy></Acct>
{balances}{entries}</Stmt></BkToCstmrStmt></Document>
"""
BALANCE = """<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>
<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>
"""
ENTRY = """<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts>BOOK</Sts>
<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>
<NtryDtls><TxDtls><RmtInf><Ustrd>{reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
"""
MT940 = """:20:{number}
:25:DE02120300000000202051
:28C:{number}/1
:60F:C{before:%y%m%d}EUR{opening}
{lines}:62F:C{day:%y%m%d}EUR{closing}
-
"""


class Bank:
    """The folder into which the bank's program puts a file an account and day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self._balances = [Decimal("10000.00"), Decimal("2500.00")]

    @property
    def environment(self) -> dict[str, str]:
        """The folder is in the home, and needs no name."""
        return {}

    def live(self, day: date) -> dict[str, int]:
        """A statement of each account: many lines first, then few."""
        self._number += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        count = 20 if self._number == 1 else 3
        amounts = [[Decimal(at * 7 + 3) * (-1 if at % 4 == 3 else 1) for at in range(count)] for _ in self._balances]
        (self._folder / f"giro_{self._number}.xml").write_text(self._camt(day, amounts[0]), encoding="utf-8")
        (self._folder / f"cards_{self._number}.sta").write_text(self._mt940(day, amounts[1]), encoding="ascii")
        self._balances = [held + sum(moved) for held, moved in zip(self._balances, amounts, strict=True)]
        return {"statement lines": 2 * count}

    def _camt(self, day: date, amounts: list[Decimal]) -> str:
        opening = self._balances[0]
        entries = "".join(
            ENTRY.format(
                amount=f"{abs(amount):.2f}",
                sign="CRDT" if amount > 0 else "DBIT",
                day=day,
                reference=f"G{self._number}-{at}",
            )
            for at, amount in enumerate(amounts)
        )
        balances = [("OPBD", opening), ("CLBD", opening + sum(amounts))]
        told = "".join(BALANCE.format(code=code, amount=f"{amount:.2f}", day=day) for code, amount in balances)
        return CAMT.format(number=self._number, day=day, balances=told, entries=entries)

    def _mt940(self, day: date, amounts: list[Decimal]) -> str:
        lines = "".join(
            f":61:{day:%y%m%d}{day:%m%d}{'C' if amount > 0 else 'D'}{_comma(abs(amount))}NTRFK{self._number}-{at}\n"
            f":86:Card payments {at}\n"
            for at, amount in enumerate(amounts)
        )
        opening = self._balances[1]
        return MT940.format(
            number=self._number,
            before=day,
            day=day,
            opening=_comma(opening),
            closing=_comma(opening + sum(amounts)),
            lines=lines,
        )


def _comma(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
