"""Asking until there is an answer: again after what passes, as late as the server wishes, and not for ever."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from tasks.errors import SourceRefused, SourceUnreachable
from tasks.extract.http.address import told
from tasks.extract.http.clock import Clock
from tasks.extract.http.exchange import Answer, Exchange, Request
from tasks.extract.http.passing import PASSING_STATUSES, Passing, asked_wait, wait_before
from tasks.source.extracts.api import Limits

Read = TypeVar("Read")

SPACED = 60.0
"""Seconds in a minute, among which its requests are spread."""


class SaidNo(SourceRefused):
    """A server that answered with a status by which it says no."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.status = status


class Patience:
    """Asks within the limits of a source; all waits and answers of one attempt count."""

    def __init__(self, exchange: Exchange, limits: Limits, clock: Clock) -> None:
        self._exchange = exchange
        self._limits = limits
        self._clock = clock
        self._left = limits.source.total_seconds()
        self._next_at = 0.0

    def ask(self, request: Request, read: Callable[[Answer], Read]) -> Read:
        """What an answer of success holds.

        Raises SaidNo when the server refuses, SourceRefused when the answer is not to be taken or the server wishes
        to be left alone for long, SourceUnreachable when it could not answer however often it was asked.
        """
        for attempt in range(1, self._limits.attempts + 1):
            self._keep_rate()
            if self._left <= 0:
                raise SourceUnreachable(
                    "it took longer than limits.source; the next run goes on where this one stopped"
                )
            try:
                return self._once(request, read)
            except Passing as error:
                self._wait_after(error, attempt, request)
            except SaidNo as error:
                raise SaidNo(_sentence(request, str(error)), error.status) from error
            except SourceRefused as error:
                raise SourceRefused(_sentence(request, str(error))) from error
            except SourceUnreachable as error:
                raise SourceUnreachable(_sentence(request, str(error))) from error
        raise AssertionError("the last attempt has returned or raised")

    def _once(self, request: Request, read: Callable[[Answer], Read]) -> Read:
        started = self._clock.seconds()
        try:
            answer = self._exchange.answer_to(request, self._left)
        finally:
            self._left -= self._clock.seconds() - started
        if answer.status in PASSING_STATUSES:
            raise Passing(f"answers {_named(answer.status)}", asked_wait(answer.headers))
        if not 200 <= answer.status < 300:
            raise SaidNo(f"answers {_named(answer.status)}", answer.status)
        return read(answer)

    def _wait_after(self, error: Passing, attempt: int, request: Request) -> None:
        is_last = attempt == self._limits.attempts
        wish = error.asked_wait
        if wish is not None and (is_last or wish > self._limits.wait.total_seconds()):
            # Another attempt of the task would come back in seconds, against that wish.
            what = f"{error} and wishes to be left alone for {wish:.0f} seconds"
            raise SourceRefused(_sentence(request, f"{what}; a later run goes on where this one stopped")) from error
        if is_last:
            times = f", asked {attempt} times" if attempt > 1 else ""
            raise SourceUnreachable(_sentence(request, f"{error}{times}")) from error
        own = wait_before(attempt, self._clock.chance())
        self._wait(own if wish is None else wish + self._clock.chance())

    def _keep_rate(self) -> None:
        if self._limits.requests_a_minute:
            self._wait(self._next_at - self._clock.seconds())
            self._next_at = self._clock.seconds() + SPACED / self._limits.requests_a_minute

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._clock.wait(seconds)
            self._left -= seconds


def _sentence(request: Request, what: str) -> str:
    return f"{told(request.url)} {what}"


def _named(status: int) -> str:
    try:
        return f"{status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return str(status)
