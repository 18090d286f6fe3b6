"""How what a source system holds is read: one module a connector; the formats of files stand in `formats`."""
