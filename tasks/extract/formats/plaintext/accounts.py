"""Names of accounts in a journal: by which other names they are called, and on which side of the books they stand."""

import re
from collections.abc import Iterable

from tasks.extract.formats.plaintext.entries import BALANCED_VIRTUAL, REAL, VIRTUAL, Posting
from tasks.extract.formats.plaintext.lines import Unknown

DECLARED = {
    "a": "asset", "asset": "asset", "l": "liability", "liability": "liability", "e": "equity", "equity": "equity",
    "r": "revenue", "revenue": "revenue", "x": "expense", "expense": "expense", "c": "cash", "cash": "cash",
    "v": "conversion", "conversion": "conversion",
}  # fmt: skip
"""What the tag `type:` of an account may say."""

BY_NAME = {
    "cash": r"assets?(:.+)?:(cash|bank|che(ck|que?)(ing)?|savings?|current)(:|$)",
    "asset": r"assets?(:|$)",
    "liability": r"(debts?|liabilit(y|ies))(:|$)",
    "conversion": r"equity:(trade|trades|trading|conversion)s?(:|$)",
    "equity": r"equity(:|$)",
    "revenue": r"(income|revenue)s?(:|$)",
    "expense": r"expenses?(:|$)",
}
"""How the names of accounts begin that declare no type, as hledger knows them."""


class Names:
    """The full names of accounts, by the aliases and the account that are in force."""

    def __init__(self) -> None:
        self.aliases: list[tuple[str, str]] = []
        self._applied: list[str] = []

    @property
    def is_changing(self) -> bool:
        """Whether names mean others at this place of the journal."""
        return bool(self.aliases or self._applied)

    def alias(self, text: str) -> None:
        """Take an alias in force; the latest goes first."""
        old, equals, new = (part.strip() for part in text.partition("="))
        if old.startswith("/"):
            raise Unknown("an alias by a regular expression; only `alias OLD = NEW` is read")
        if not equals or not old or not new:
            raise Unknown("an alias is `alias OLD = NEW`")
        self._refuse_both(is_alias=True)
        self.aliases.insert(0, (old, new))

    def apply(self, text: str) -> None:
        """Take an account in force under which all others stand."""
        self._refuse_both(is_alias=False)
        self._applied.append(text.strip())

    def end_apply(self) -> None:
        """End the last `apply account`."""
        if not self._applied:
            raise Unknown("`end apply account` ends nothing")
        self._applied.pop()

    def _refuse_both(self, *, is_alias: bool) -> None:
        if self._applied if is_alias else self.aliases:
            raise Unknown("aliases within `apply account`, or the other way round")

    def told(self, name: str) -> str:
        """The full name of an account."""
        if not name or ";" in name or name.startswith(":") or name.endswith(":") or "::" in name:
            raise Unknown(f"{name[:40]!r} is no account; two blanks end its name")
        for old, new in self.aliases:
            if name == old or name.startswith(f"{old}:"):
                name = new + name[len(old) :]
        return ":".join([*self._applied, name])


class AccountTypes:
    """On which side of the books accounts stand: as declared of them or of one above, else by their names."""

    def __init__(self) -> None:
        self.tags: dict[str, dict[str, str]] = {}
        self._declared: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def declare(self, account: str, tags: dict[str, str]) -> None:
        """Take what an account directive says; of an account that was used before it may say nothing new."""
        said = tags.get("type")
        kind = DECLARED.get(said.lower()) if said else None
        if said and kind is None:
            raise Unknown(f"type: {said} is no type of account")
        if kind:
            self._declared[account] = kind
        self.tags[account] = tags
        for used, told in self._told.items():
            if (used == account or used.startswith(f"{account}:")) and self.of(used) != told:
                raise Unknown(f"{account} is declared to be {kind} after it was used; declare it before")

    def of(self, account: str) -> str:
        """The type of an account; none that can be known is empty."""
        above = account
        while above:
            if above in self._declared:
                return self._declared[above]
            above = above.rpartition(":")[0]
        return next((kind for kind, name in BY_NAME.items() if re.match(name, account, re.IGNORECASE)), "")

    def told(self, postings: Iterable[Posting]) -> dict[str, str]:
        """The types of the accounts of an entry."""
        for posting in postings:
            if posting.account not in self._told:
                self._told[posting.account] = self.of(posting.account)
        return self._told


def kind_and_account(name: str) -> tuple[str, str]:
    """What a posting is, by the brackets around its account."""
    for opening, closing, kind in (("(", ")", VIRTUAL), ("[", "]", BALANCED_VIRTUAL)):
        if name.startswith(opening) and name.endswith(closing):
            return kind, name[1:-1].strip()
    return REAL, name.strip()
