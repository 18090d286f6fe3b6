"""Passwords and tokens: a source file says where one is kept, never what it is."""

import os
import re
from typing import Annotated, Any, cast

from pydantic import AfterValidator

from tasks.errors import SourceRefused

ENVIRONMENT = re.compile(r"\$\{(\w+)\}")
"""A variable of the environment, as in `${SHOP_PASSWORD}`."""

BLOCK = re.compile(r"block:([a-z0-9-]+)")
"""A Secret block of Prefect, as in `block:shop-password`."""


def _is_reference(text: str) -> str:
    if not (ENVIRONMENT.fullmatch(text) or BLOCK.fullmatch(text)):
        # What stands there may be the secret itself, and is not repeated.
        raise ValueError("a secret is not written here; say where it is kept, as ${NAME} or block:<name>")
    return text


SecretReference = Annotated[str, AfterValidator(_is_reference)]
"""Where a secret is kept: `${NAME}` in the environment, or `block:<name>`, a Secret block of Prefect."""


def is_known(reference: str) -> bool:
    """Whether there is a secret where the reference says."""
    return _found(reference) is not None


def revealed(reference: str) -> str:
    """The secret itself; it goes to the library that needs it, and nowhere else.

    Raises SourceRefused when there is none.
    """
    secret = _found(reference)
    if secret is None:
        raise SourceRefused(f"{named(reference)}; the source cannot be asked without it")
    return secret


def named(reference: str) -> str:
    """That a secret is missing, as the beginning of a sentence."""
    variable = ENVIRONMENT.fullmatch(reference)
    if variable:
        return f"{variable[1]} is not set"
    return f"Prefect has no Secret block called {reference.removeprefix('block:')}"


def _found(reference: str) -> str | None:
    variable = ENVIRONMENT.fullmatch(reference)
    return os.environ.get(variable[1]) or None if variable else _kept_in_block(reference.removeprefix("block:"))


def _kept_in_block(name: str) -> str | None:
    # Here, because Prefect is slow to import and few sources keep a secret in it.
    from prefect.blocks.system import Secret

    try:
        # Prefect's own word for "not as a coroutine", which its types do not know.
        block = cast(Secret[Any], Secret.load(name, _sync=True))  # type: ignore[call-arg]
    except ValueError:
        return None
    # Typed into Prefect's page, a password of digits is a number.
    return str(block.get()) or None
