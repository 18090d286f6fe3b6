"""How what a source system holds is read: one module a connector and one a format."""
