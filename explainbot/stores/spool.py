"""A file for each recorder, which tells what it was offered and takes its records while the store fails.

The first page holds how many traces the recorder was offered. It is mapped into memory, so counting costs no system
call, and the count outlives a process that is killed (see `explainbot.stores.recovery`). Records follow in frames, each
encrypted under the file's own random key, which is wrapped by the key-encryption key: this works while the store and
its keys cannot be reached, and what is written can be given to any store. A frame counts once it is durable. The file
is locked by its recorder and goes away with it.

    page:  "XPLSPOOL", offered (8 bytes, little endian), length of the wrapped key (2 bytes), wrapped key
    frame: length (4 bytes, little endian), nonce and AES-256-GCM over JSON, bound to lane and place
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from explainbot import _json
from explainbot.errors import StoreError
from explainbot.stores.encryption import KEY_BYTES, decrypt, encrypt
from explainbot.stores.locking import locked
from explainbot.stores.wrapping import KeyWrapper
from explainbot.trace import Lost, Offered, Trace

__all__ = ["Journal", "Spool"]

MAGIC = b"XPLSPOOL"
PAGE = 4096
OFFERED = slice(8, 16)
KEY_LENGTH = slice(16, 18)
KEY_START = 18
HEAD = 4
"""Bytes of a frame's length."""

MAX_BYTES = 256 * 1024 * 1024
"""Most that one file may hold: some 100,000 traces."""

Record = Offered | Lost


class Spool:
    """The files of all recorders that write into one store.

    Args:
        place: their directory; made at the first use, for its owner only.
        wrapper: gives the key-encryption key.
    """

    def __init__(self, place: Path, wrapper: Callable[[], KeyWrapper]) -> None:
        self.place = place
        self._wrapper = wrapper

    def __repr__(self) -> str:
        return f"<Spool {str(self.place)!r}>"

    def begin(self, lane: str) -> Journal:
        """A file for a recorder that starts.

        Raises:
            StoreError: it cannot be made.
        """
        key = os.urandom(KEY_BYTES)
        wrapped = self._wrapper().wrap(key, _bound(lane, 0))
        head = MAGIC + bytes(8) + len(wrapped).to_bytes(2, "little") + wrapped
        if len(head) > PAGE:
            raise StoreError("the key service wraps a key into more bytes than the spool file has room for")
        path = self.place / lane
        # Under another name first: whoever finds the file finds it whole, and locked.
        draft = self.place / f".{lane}.{os.getpid()}"
        try:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                locked(handle)
                _reserve(handle)
                os.pwrite(handle, head, 0)
                os.rename(draft, path)
                page = mmap.mmap(handle, PAGE)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
            finally:
                os.close(handle)  # the map has a handle of its own, which holds the lock
        except OSError as error:
            raise _cannot(path, error) from None
        return Journal(path, page, key)

    def left(self) -> Iterator[Journal]:
        """The files of recorders that are no more, each locked for the caller, who closes it.

        One that opens under no key that is known stays where it is.

        Raises:
            StoreError: one cannot be read.
        """
        for path in self.files():
            try:
                page = _taken(path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise _cannot(path, error) from None
            if page is None:
                continue
            length = int.from_bytes(page[KEY_LENGTH], "little")
            wrapped = page[KEY_START : KEY_START + length]
            try:
                key = self._wrapper().unwrap(wrapped, _bound(path.name, 0))
            except StoreError:
                page.close()
                continue
            yield Journal(path, page, key)

    def files(self) -> list[Path]:
        """The files there are, of recorders that run and of those that are no more."""
        try:
            return sorted(path for path in self.place.iterdir() if not path.name.startswith("."))
        except OSError:
            return []


class Journal:
    """What one recorder was offered, and its records that wait for the store. Used by one thread at a time."""

    def __init__(self, path: Path, page: mmap.mmap, key: bytes) -> None:
        self.path = path
        self.lane = path.name
        self._page = page
        self._key = key
        self._end = PAGE

    def __repr__(self) -> str:
        return f"<Journal {self.lane}>"

    @property
    def offered(self) -> int:
        """How many traces the recorder was offered."""
        return int.from_bytes(self._page[OFFERED], "little")

    def tell(self, offered: int) -> None:
        """Note how many traces the recorder was offered. From any thread; costs no system call."""
        self._page[OFFERED] = offered.to_bytes(8, "little")

    def keep(self, records: Sequence[Record]) -> None:
        """Add a frame, durably.

        Raises:
            StoreError: it was not kept.
        """
        try:
            data = _json.dumps([_as_json(record) for record in records])
        except TypeError as error:
            raise StoreError(str(error)) from None
        frame = encrypt(self._key, data, _bound(self.lane, self._end))
        if self._end + HEAD + len(frame) > MAX_BYTES:
            raise StoreError(f"the spool file {self.path} is full; bring the store back")
        try:
            handle = os.open(self.path, os.O_RDWR)
            try:
                _write(handle, len(frame).to_bytes(HEAD, "little") + frame, self._end)
                os.fsync(handle)
            except BaseException:
                with suppress(OSError):
                    os.ftruncate(handle, self._end)
                raise
            finally:
                os.close(handle)
            if self._end == PAGE:
                _sync_directory(self.path.parent)
        except OSError as error:
            raise _cannot(self.path, error) from None
        self._end += HEAD + len(frame)

    def frames(self) -> Iterator[list[Record]]:
        """The records that wait, frame by frame. One that was cut by a crash was never acknowledged, and ends them."""
        try:
            with self.path.open("rb") as file:
                file.seek(PAGE)
                at = PAGE
                while head := file.read(HEAD):
                    frame = file.read(int.from_bytes(head, "little"))
                    try:
                        data = decrypt(self._key, frame, _bound(self.lane, at))
                    except StoreError:
                        return
                    at += HEAD + len(frame)
                    yield [_record(one) for one in _json.loads(data)]
        except OSError as error:
            raise _cannot(self.path, error) from None

    def clear(self) -> None:
        """Forget the records: the store has them."""
        if self._end > PAGE:
            try:
                os.truncate(self.path, PAGE)
            except OSError as error:
                raise _cannot(self.path, error) from None
            self._end = PAGE

    def close(self, *, remove: bool) -> None:
        """Let go of the file.

        Args:
            remove: it has nothing to tell any more.
        """
        if remove:
            with suppress(OSError):
                self.path.unlink()
        self._page.close()


def _as_json(record: Record) -> list[Any]:
    if isinstance(record, Offered):
        return [record.trace.to_json(), record.found_by, record.lane, record.number]
    return [record.lane, record.number, record.count, record.reason, record.noticed.isoformat()]


def _record(fields: list[Any]) -> Record:
    if len(fields) == 4:
        text, found_by, lane, number = fields
        return Offered(Trace.from_json(text), tuple((kind, value) for kind, value in found_by), lane, number)
    lane, number, count, reason, noticed = fields
    return Lost(lane, number, count, reason, datetime.fromisoformat(noticed))


def _bound(lane: str, at: int) -> bytes:
    return f"explainbot spool {lane} {at}".encode()


def _taken(path: Path) -> mmap.mmap | None:
    """The first page of a file nobody else has locked; None where somebody has, or it was removed meanwhile."""
    handle = os.open(path, os.O_RDWR)
    try:
        if not locked(handle):
            return None
        found = os.fstat(handle)
        if not found.st_nlink or found.st_size < PAGE:
            return None
        page = mmap.mmap(handle, PAGE)
        if page[: len(MAGIC)] != MAGIC:
            page.close()
            return None
        return page
    finally:
        os.close(handle)


def _reserve(handle: int) -> None:
    """Give the first page its place on the disk: writing into a map without one would end the process."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(handle, 0, PAGE)
    else:
        os.write(handle, bytes(PAGE))


def _write(handle: int, data: bytes, at: int) -> None:
    view = memoryview(data)
    while view:
        written = os.pwrite(handle, view, at)
        view, at = view[written:], at + written


def _sync_directory(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _cannot(path: Path, error: OSError) -> StoreError:
    return StoreError(f"the spool file {path} cannot be used: {error.strerror}")
