"""How what a source holds is reached: what `extract` may say, one module a connector."""

from tasks.source.extracts.files import FilesExtract
from tasks.source.strict import Strict

Extract = FilesExtract
"""What `extract` may be; `connector` says which."""

EXTRACTS: dict[str, type[Strict]] = {"files": FilesExtract}
"""Every connector by its name."""

__all__ = ["EXTRACTS", "Extract", "FilesExtract"]
