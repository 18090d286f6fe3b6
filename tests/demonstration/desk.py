"""The help desk: its cases behind a REST API that gives them page by page and wants a token."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from tests.http_server import Asked, Reply, Server, serving

TOKEN = "demonstration-token"  # noqa: S105 - of a server that lives as long as the demonstration
PAGE = 50


class Desk:
    """The desk's server, and the cases that it has."""

    def __init__(self) -> None:
        self._cases: dict[str, dict[str, object]] = {}
        self._server: Server | None = None

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["Desk"]:
        """The desk on loopback."""
        desk = cls()
        with serving(desk.answer) as server:
            desk._server = server
            yield desk

    @property
    def environment(self) -> dict[str, str]:
        """Where it listens, and the token, which stands in no file."""
        assert self._server
        return {"DEMO_DESK_URL": self._server.url, "DEMO_DESK_TOKEN": TOKEN}

    def live(self, day: date) -> dict[str, int]:
        """Many cases first; then two more, and one that is solved."""
        if not self._cases:
            for number in range(1, 121):
                opened = day - timedelta(days=number % 60)
                self._open(number, opened, f"{opened}T10:00:00Z")
            return {"cases": len(self._cases)}
        # The moment of a change is the server's own: it is asked what has changed since it was asked before.
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        self._open(121, day, now)
        self._open(122, day, now)
        self._cases["T0003"] |= {"state": "closed", "changed": now}
        return {"cases": 3}

    def _open(self, number: int, opened: date, changed: str) -> None:
        self._cases[f"T{number:04}"] = {
            "id": f"T{number:04}",
            "state": "open" if number % 4 == 3 else "closed",
            "opened": f"{opened}T08:30:00Z",
            "changed": changed,
            "customer": {"no": f"C{number % 40 + 1:03}"},
            "about": ["delivery", "invoice", "repair"][number % 3],
        }

    def answer(self, asked: Asked) -> Reply:
        """One page of the cases that were changed in a window."""
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply({"error": "who are you?"}, status=401)
        first, last = asked.query["changed_from"], asked.query["changed_to"]
        wanted = [case for case in self._cases.values() if first <= str(case["changed"]) < last]
        offset = int(asked.query["offset"])
        return Reply({"cases": wanted[offset : offset + int(asked.query["limit"])], "total": len(wanted)})
