"""Files that were made for the browser and wait to be fetched: the last few, by what they hold. Each is made once and is the one that was told of.

Kept in memory and gone with the program; a file that is no longer there is made again by the click that asks for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

_PLACES = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file as the browser saves it."""

    name: str
    data: bytes


class Shelf:
    """The files made last, for all pages."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, Waiting] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, name: str, data: bytes) -> str:
        """Keep a file; gives the key that it is fetched by."""
        key = sha256(name.encode() + b"\0" + data).hexdigest()[:32]
        with self._lock:
            self._files[key] = Waiting(name, data)
            self._files.move_to_end(key)
            while len(self._files) > _PLACES:
                self._files.popitem(last=False)
        return key

    def get(self, key: str) -> Waiting | None:
        """The file; None where it has given way to newer ones."""
        with self._lock:
            return self._files.get(key)
