"""The identities of the books, each a rule that stops the publication."""

from schemas.table import Expectation, no_row, required, row_count, table
from schemas.tie_out import TieOut
from schemas.tie_outs import TIE_OUTS


def kept(tie_out: TieOut) -> Expectation:
    """The identity is kept; what breaks it is named."""
    sql = f"""
select breaking as "broken by", difference as "difference of"
from {{batch}}
where tie_out = '{tie_out.name}' and not is_kept"""
    return no_row(tie_out.name, tie_out.sentence, sql, column="is_kept")


TABLE = table(
    "compliance.tie_outs",
    "one row is an identity that the books must keep",
    ("tie_out",),
    required("tie_out_no", "sentence", "is_kept", "breaking_count", "difference"),
    row_count(len(TIE_OUTS), len(TIE_OUTS)),
    *(kept(tie_out) for tie_out in TIE_OUTS),
)
