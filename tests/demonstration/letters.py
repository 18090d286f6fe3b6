"""The mailbox: what customers write, and expense claims that the staff send in as tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.tasks.mail_server import PASSWORD, USER, MailServer, mail, mail_server

FOLDER = "Post"
HEADER = "claim,line,person,day,kind,net,vat,total\n"


class Letters:
    """The mail server, and what was written to it."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._claims = 0

    @classmethod
    @contextmanager
    def running(cls, folder: Path) -> Iterator["Letters"]:
        """The mailbox on a server of its own."""
        with mail_server(folder) as server:
            yield cls(server)

    @property
    def environment(self) -> dict[str, str]:
        """Where it listens, and the password, which stands in no file."""
        return {"DEMO_MAIL_PORT": str(self._server.port), "DEMO_MAIL_USER": USER, "DEMO_MAIL_PASSWORD": PASSWORD}

    def live(self, day: date) -> dict[str, int]:
        """A dozen mails first, then two; one of each day brings a claim."""
        count = 1 if self._claims else 11
        written = [
            mail(f"Order {day} {at}", f"Where is it? ({day}, {at})", f"customer{at}@example.com").as_bytes()
            for at in range(count)
        ]
        claim = mail(f"My expenses {day}", "See the table.", "staff@firm.example", claim_csv=self._claim(day))
        noon = datetime.combine(day, time(9), UTC)
        self._server.deliver(FOLDER, *written, claim.as_bytes(), at=noon)
        return {"mails": len(written) + 1, "expense lines": 2}

    def _claim(self, day: date) -> bytes:
        self._claims += 1
        name = f"X{self._claims:03}"
        return (
            f"{HEADER}{name},1,E01,{day},travel,50.00,3.50,53.50\n{name},2,E01,{day},meals,20.00,3.80,23.80\n".encode()
        )
