"""Signed checkpoints to a witness: each is posted to a URL that whoever can change the database cannot change.

The body of the request is the checkpoint as it stands in the log, a C2SP signed note (`text/plain`). What matters is
that the other side keeps it: a log that was cut or rewritten later contradicts it, and `explainbot verify
--checkpoints FILE` takes a file of such notes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_when_event_set, wait_random_exponential
from tenacity.nap import sleep_using_event

from explainbot.stores.sealed import SealedStore

__all__ = ["Webhook"]

TIMEOUT_SECONDS: Final = 5.0
ATTEMPTS: Final = 3
"""For each checkpoint; then the outbox rests, and begins again with it."""

CONTENT_TYPE: Final = "text/plain; charset=utf-8"


class _Refused(Exception):
    """The other side answered, and did not take it."""


class Webhook:
    """Posts each checkpoint to a URL.

    Args:
        url: where to. It may hold a secret, so it is in no log and no `repr`.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self.name = f"checkpoints-{sha256(url.encode()).hexdigest()[:12]}"
        self._end = threading.Event()
        self._client: Any = None

    def __repr__(self) -> str:
        return "<Webhook>"

    def next(self, store: SealedStore, place: int, limit: int) -> tuple[int, Sequence[str]]:
        """The checkpoints that vouch for more than the first `place` records."""
        found = store.notes_after(place, limit)
        return (found[-1][0] if found else place), [note for _, note in found]

    def take(self, things: Sequence[str]) -> bool:
        """Post them one by one; whether the other side took all."""
        import httpx2

        self._client = self._client or httpx2.Client(timeout=TIMEOUT_SECONDS)
        attempts = Retrying(
            retry=retry_if_exception_type((httpx2.HTTPError, _Refused)),
            stop=stop_after_attempt(ATTEMPTS) | stop_when_event_set(self._end),
            wait=wait_random_exponential(multiplier=0.2, max=2.0),
            sleep=sleep_using_event(self._end),
            reraise=True,
        )
        try:
            for note in things:
                attempts(self._post, note)
        except (httpx2.HTTPError, _Refused):
            return False
        return True

    def _post(self, note: str) -> None:
        answer = self._client.post(self._url, content=note.encode(), headers={"content-type": CONTENT_TYPE})
        if not answer.is_success:
            raise _Refused

    def close(self) -> None:
        """Give up waiting, and let go of the connection."""
        self._end.set()
        if self._client is not None:
            self._client.close()
            self._client = None
