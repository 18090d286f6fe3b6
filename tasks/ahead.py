"""Working ahead: the next batch is made in a thread of its own while the one before is being stored."""

import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

Item = TypeVar("Item")

DEPTH = 1
"""Batches that wait: neither side stands still for long, and memory does not grow with the file."""

PATIENCE = 0.5
"""Seconds after which a waiting thread looks whether the other side is still there."""


class ReadAhead(Generic[Item]):
    """Iterates over what another iterable gives, made ahead in a thread; an error there is raised here."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._queue: Queue[Item | None] = Queue(DEPTH)
        self._is_left = threading.Event()
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._make, args=(items,), daemon=True)
        self._thread.start()
        self._items = self._taken()

    def __iter__(self) -> Iterator[Item]:
        return self._items

    def _make(self, items: Iterable[Item]) -> None:
        try:
            for item in items:
                if not self._put(item):
                    break
        except BaseException as error:  # noqa: BLE001 - it is raised again, in the thread that reads
            self.error = error
        self._put(None)

    def _put(self, item: Item | None) -> bool:
        while not self._is_left.is_set():
            try:
                self._queue.put(item, timeout=PATIENCE)
            except Full:
                continue
            return True
        return False

    def _taken(self) -> Iterator[Item]:
        try:
            while (item := self._next()) is not None:
                yield item
            if self.error is not None:
                raise self.error
        finally:
            self._is_left.set()
            self._thread.join()

    def _next(self) -> Item | None:
        while True:
            try:
                return self._queue.get(timeout=PATIENCE)
            except Empty:
                if not self._thread.is_alive() and self._queue.empty():
                    return None
