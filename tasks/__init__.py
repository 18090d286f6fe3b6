"""How each step is done: extract, land, map, check, load, build, audit, publish, report."""
