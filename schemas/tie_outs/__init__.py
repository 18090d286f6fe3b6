"""The tie-outs of the books, first those of single entries; the list is the table of contents."""

from schemas.tie_out import TieOut
from schemas.tie_outs.ageing import AGEING
from schemas.tie_outs.bank import BANK
from schemas.tie_outs.documents import DOCUMENTS
from schemas.tie_outs.entries import ENTRIES
from schemas.tie_outs.ledger import LEDGER
from schemas.tie_outs.made_entries import MADE_ENTRIES
from schemas.tie_outs.statements import STATEMENTS

TIE_OUTS: tuple[TieOut, ...] = (*ENTRIES, *DOCUMENTS, *MADE_ENTRIES, *LEDGER, *STATEMENTS, *AGEING, *BANK)
"""In this order they are told, so that what is wrong with an entry comes before what follows from it."""
