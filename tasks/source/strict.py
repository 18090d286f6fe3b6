"""What every part of a source file has in common: a word that it does not know is an error."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a source file: a word that it does not know is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)
