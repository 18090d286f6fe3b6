"""How a delivery differs from those of the same source before it, and whether it may be loaded all the same."""
