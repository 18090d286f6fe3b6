"""How alike two names of columns are."""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache

ENDINGS = {"id", "code", "date", "at", "amount", "count", "pct", "no"}
"""What the names of records' columns end in by law; other systems leave it out."""

CLOSE = 0.86
"""How alike two names must be to be one, misspelt or inflected."""

WEAK = 0.55


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, without accents: `InvoiceNo`, `invoice_no` and `Invoice-No.` are one."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    plain = unicodedata.normalize(
        "NFKD", apart.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae")
    )
    letters = "".join(letter for letter in plain.lower() if not unicodedata.combining(letter))
    return tuple(re.findall(r"[a-z]+|\d+", letters))


def likeness(name: str, column: str, synonyms: tuple[str, ...]) -> float:
    """How surely a name means a column, from 0 to 1, by its own name and what others call it."""
    words = words_of(name)
    own = words_of(column)
    best = 1.0 if words == own else 0.0
    short = own[:-1] if own[-1] in ENDINGS else own
    if words == short and short:
        best = max(best, 0.85)
    for at, synonym in enumerate(synonyms):
        is_weak = synonym.startswith("~")
        # The first names are the usual ones; of two columns that may be called so, theirs is the name.
        full = WEAK if is_weak else 0.97 - min(at, 12) * 0.01
        best = max(best, full * _alike(words, words_of(synonym.lstrip("~"))))
    return best


@cache
def _alike(words: tuple[str, ...], synonym: tuple[str, ...]) -> float:
    joined, other = "".join(words), "".join(synonym)
    if joined == other:
        return 1.0
    if len(synonym) > 1 and set(synonym) <= set(words):
        return 0.85
    if len(synonym) == 1 < len(words) and len(other) > 3 and other in (words[0], words[-1]):
        return 0.6
    # Words of very different length are not alike, and most are.
    if min(len(joined), len(other)) < max(5.0, CLOSE / (2 - CLOSE) * max(len(joined), len(other))):
        return 0.0
    matcher = SequenceMatcher(None, joined, other)
    is_close = matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE
    return 0.8 * matcher.ratio() if is_close else 0.0
