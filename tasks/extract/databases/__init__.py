"""How each system of databases is asked: one module a system."""
