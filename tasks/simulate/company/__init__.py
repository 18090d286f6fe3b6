"""The simulated firm itself: who buys what, when, and how it is paid. Nothing in it is real."""
