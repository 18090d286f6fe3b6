"""`countinghouse quarantine`: the refused rows, why they were refused, and their second chance."""

from cyclopts import App

quarantine = App(name="quarantine", help="The rows that were refused: list, show, export, replay.")
