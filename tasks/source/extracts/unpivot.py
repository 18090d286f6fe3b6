"""What a source file says of a wide table: one row for each of its columns."""

from typing import Self

from pydantic import Field, model_validator

from tasks.source.strict import Strict


class Unpivot(Strict):
    """A table with a column for each currency, month or shop becomes one with a row for each of them."""

    keep: tuple[str, ...] = Field(min_length=1, description="Columns that stand in each of the rows.")
    name: str = Field(min_length=1, description="What the column is called that holds the names of the others.")
    value: str = Field(min_length=1, description="What the column is called that holds their values.")

    @model_validator(mode="after")
    def names_are_distinct(self) -> Self:
        """No two columns may come out under one name."""
        names = [*self.keep, self.name, self.value]
        if len(set(names)) < len(names):
            raise ValueError("keep, name and value are different columns")
        return self
