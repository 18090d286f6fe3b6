"""The simulated sample company: two trading years of a mail-order firm, dirty on purpose, with the answer key."""

from tasks.simulate.answer_key import AnswerKey, Kind, Load, Missing, Place, read_answer_key
from tasks.simulate.delivery import Outcome
from tasks.simulate.simulation import COMPANY, FOLDER, LINES_COUNT, SEED, simulate

__all__ = [
    "COMPANY", "FOLDER", "LINES_COUNT", "SEED", "AnswerKey", "Kind", "Load", "Missing", "Outcome", "Place",
    "read_answer_key", "simulate",
]  # fmt: skip
