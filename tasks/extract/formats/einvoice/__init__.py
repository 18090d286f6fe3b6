"""Electronic invoices of EN 16931: UBL, CII, and the XML that a Factur-X or ZUGFeRD PDF carries."""
