"""The suppliers: their invoices as UBL files in a folder."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from schemas.en16931 import Invoice
from tests.tasks.extract.formats.einvoice.written import as_ubl

CENT = Decimal("0.01")


class Suppliers:
    """The folder into which invoices are saved as they come."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    @property
    def environment(self) -> dict[str, str]:
        """The folder is in the home, and needs no name."""
        return {}

    def live(self, day: date) -> dict[str, int]:
        """A dozen invoices first, then two."""
        count = 2 if self._count else 12
        self._folder.mkdir(parents=True, exist_ok=True)
        for _ in range(count):
            self._count += 1
            file = self._folder / f"invoice_{self._count}.xml"
            file.write_text(as_ubl(_invoice(self._count, day)), encoding="utf-8")
        return {"supplier invoices": count}


def _invoice(number: int, day: date) -> Invoice:
    seller = number % 3 + 1
    amounts = [Decimal(number * 10 + line) for line in range(1, 3)]
    net = sum(amounts, Decimal(0))
    vat = (net * Decimal("0.19")).quantize(CENT)
    header = {
        "invoice_number": f"S{seller}-{number:04}", "issue_date": day.isoformat(), "invoice_type_code": "380",
        "due_date": (day + timedelta(days=30)).isoformat(), "currency_code": "EUR",
        "guideline": "urn:cen.eu:en16931:2017", "seller_name": f"Supplier {seller}",
        "seller_vat_id": f"DE12345678{seller}", "seller_country_code": "DE", "buyer_name": "Quayside Instruments",
        "total_vat_amount": f"{vat}", "line_total_amount": f"{net:.2f}", "total_without_vat_amount": f"{net:.2f}",
        "total_with_vat_amount": f"{net + vat:.2f}", "due_amount": f"{net + vat:.2f}",
    }  # fmt: skip
    rate = {"tax_category_code": "S", "tax_rate_pct": "19"}
    lines = [
        {
            "line_id": str(at), "quantity": "1", "unit_code": "C62", "line_net_amount": f"{amount:.2f}",
            "item_name": f"Brass fittings {at}", "net_price_amount": f"{amount:.2f}", **rate,
        }
        for at, amount in enumerate(amounts, start=1)
    ]  # fmt: skip
    tax = {"tax_base_amount": f"{net:.2f}", "tax_amount": f"{vat}", **rate}
    return Invoice(header, tuple(lines), (tax,))
