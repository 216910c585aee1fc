"""The bounded queue between the bot and its store, with one writer thread behind it.

`put` only counts and enqueues: no disk, no network, no waiting. The writer gathers what comes within 50 ms, or until
somebody waits for it, up to 256 traces, and puts it into the store in one go (group commit). When the store fails, its
spool file takes over (see `explainbot.stores.spool`); one without a spool is tried again for a while, and then the
traces are given up. When the queue is full the newest trace is dropped. What is lost is counted, said once, and told to
the log by a gap record; none of it reaches the bot.

The queue is a `SimpleQueue`, whose put may be interrupted by another put in the same thread: an abandoned stream may
be finished by the garbage collector at any point, also inside `put`. For the same reason the lock is re-entrant.

What happens at exit and after a fork stands in `explainbot.sinks.lifetime`.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Final

from explainbot.errors import ExplainbotError
from explainbot.sinks.delivery import PROBE_SECONDS, Delivery
from explainbot.sinks.events import emit
from explainbot.sinks.lifetime import ENDING, EXIT_SECONDS, watch, watch_worker_process
from explainbot.sinks.receipt import COMMIT_SECONDS, Receipt
from explainbot.sinks.tally import Stats, Tally, Waiting, weight
from explainbot.stores import Store, Vouching
from explainbot.stores.paging import EPOCH
from explainbot.trace import Lost, Offered, Trace

BATCH: Final = 256
"""Most traces in one commit."""

GATHER_SECONDS: Final = 0.05
"""How long the writer waits for more traces before it commits, while nobody waits for that. A commit of its own costs a
trace several times the processor time that it takes among ten, and the bot has that much less."""

VOUCH_SECONDS: Final = 60.0
"""How long nothing comes before a checkpoint is signed over what came last."""


class _Mark:
    """Stands in the queue; set when everything before it was written."""

    def __init__(self, *, last: bool = False) -> None:
        self.reached = threading.Event()
        self.last = last


class Recorder:
    """Takes traces from any thread and writes them to `store` in the background.

    Args:
        store: where they go.
        max_records: most traces waiting at a time.
        max_bytes: most memory for those, in bytes, estimated.
        retry_seconds: how long a batch is tried again while the store fails.
    """

    def __init__(
        self,
        store: Store,
        max_records: int = 10_000,
        max_bytes: int = 64 * 1024 * 1024,
        retry_seconds: float = 10.0,
    ) -> None:
        self.store = store
        self.max_records = max_records
        self.max_bytes = max_bytes
        self.retry_seconds = retry_seconds
        self._begin()
        watch(self)

    def begin_anew(self) -> None:
        """In the child after a fork: nothing of the parent's counts."""
        self._delivery.abandon()
        self._begin()

    def _begin(self) -> None:
        """Start with an empty queue and no writer."""
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._queue: SimpleQueue[Waiting | _Mark] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._hurry = threading.Event()
        self._due = threading.Event()
        self._said: set[str] = set()
        self._told_of_spool = False
        self._lane = secrets.token_hex(8)
        self._delivery: Delivery = Delivery(self.store, self._lane, self.retry_seconds, self._hurry)
        self._tally = Tally(self._lane, self._delivery.tell)

    def __repr__(self) -> str:
        return f"<Recorder {self.stats()}>"

    @property
    def dropped(self) -> int:
        """How many traces were not queued, because the queue was full."""
        return self._tally.dropped

    def stats(self) -> Stats:
        """What became of the traces so far."""
        return self._tally.stats(self._delivery.spooled)

    def put(self, trace: Trace, found_by: Sequence[tuple[str, str]] = ()) -> None:
        """Queue `trace` for the store. Never blocks and never raises.

        Args:
            found_by: kind and value of what it shall be found by; see `Offered`.
        """
        self._enqueue(trace, found_by, None)

    def commit(
        self,
        trace: Trace,
        found_by: Sequence[tuple[str, str]] = (),
        timeout: float = COMMIT_SECONDS,
        *,
        to_person: bool = False,
        contact: str | None = None,
    ) -> Receipt:
        """Queue `trace` as `put` does; what comes back waits until it is durable, at most `timeout` seconds.

        Args:
            to_person, contact: see `Receipt`.
        """
        receipt = Receipt(trace.id, timeout, to_person=to_person, contact=contact)
        self._enqueue(trace, found_by, receipt)
        self._due.set()
        return receipt

    def _enqueue(self, trace: Trace, found_by: Sequence[tuple[str, str]], receipt: Receipt | None) -> None:
        size = weight(trace)
        number = self._tally.admit(size, self.max_records, self.max_bytes)
        if number is None:
            self._say_once("dropped", f"more than {self.max_records} traces or {self.max_bytes} bytes were waiting")
            if receipt is not None:
                receipt.settle(kept=False)
            return
        self._queue.put(Waiting(Offered(trace, tuple(found_by), self._lane, number), size, receipt))
        if self._writer is None:
            self._start()
        if ENDING.begun:
            self.flush(ENDING.seconds_left())

    def flush(self, timeout: float = EXIT_SECONDS) -> bool:
        """Wait until everything put before is written or given up, at most `timeout` seconds.

        Returns:
            Whether nothing of it waits any longer.
        """
        if not self._tally.waiting:
            return True
        if self._writer is None and not self._start():
            return self._write_here(timeout)
        mark = _Mark()
        self._queue.put(mark)
        self._due.set()
        return mark.reached.wait(timeout)

    def close(self, timeout: float = EXIT_SECONDS) -> bool:
        """Flush, end the writer thread and close the store. A later `put` starts anew.

        Returns:
            Whether everything was written or given up in time.
        """
        deadline = time.monotonic() + timeout
        self._hurry.set()
        done = self.flush(timeout)
        with self._lock:
            writer, self._writer = self._writer, None
        if writer is not None:
            self._queue.put(_Mark(last=True))
            writer.join(max(0.0, deadline - time.monotonic()))
        if not done:
            self._say_once("unwritten", f"the store did not take them within {timeout:g} seconds", self._tally.waiting)
        if writer is None or not writer.is_alive():
            self._finish()
        return done

    def _finish(self) -> None:
        """Tell the store what is still untold, and let go of it."""
        if self._delivery.behind:
            self._delivery.catch_up()
        if (lost := self._tally.untold()) and self._deliver(lost):
            self._tally.told(lost)
        self._delivery.close(settled=not self._tally.untold() and not self._tally.waiting)
        self._close_store()

    def _start(self) -> bool:
        """Start the writer, unless there is one. Late in the end of the process no thread can be started."""
        with self._lock:
            if self._writer is not None:
                return True
            self._hurry.clear()
            thread = threading.Thread(target=self._run, name="explainbot-recorder", daemon=True)
            try:
                thread.start()
            except RuntimeError:
                return False
            self._writer = thread
        watch_worker_process(self)
        return True

    def _run(self) -> None:
        try:
            with self._writing:
                self._delivery.begin()
                self._tally.tell()
                while not self._write_next(self._next()):
                    continue
        finally:
            with self._lock:
                if self._writer is threading.current_thread():
                    self._writer = None

    def _next(self) -> Waiting | _Mark:
        """What comes next in the queue. Meanwhile the spool is brought in, and what was put is vouched for."""
        while True:
            behind = self._delivery.behind
            try:
                return self._queue.get(timeout=PROBE_SECONDS if behind else VOUCH_SECONDS)
            except Empty:
                if behind:
                    self._delivery.catch_up()
                else:
                    self._vouch()

    def _vouch(self) -> None:
        """Have what was put last signed for, although nothing comes after it."""
        if isinstance(self.store, Vouching):
            # What fails now is done with the next trace, or at the end.
            with suppress(Exception):
                self.store.vouch()

    def _write_here(self, timeout: float) -> bool:
        """Write what waits in this thread, where no other can be started."""
        if not self._writing.acquire(timeout=timeout):
            return False
        try:
            self._hurry.set()
            while not self._queue.empty():
                self._write_next(self._queue.get_nowait())
            return True
        except Empty:
            return True
        finally:
            self._writing.release()

    def _write_next(self, first: Waiting | _Mark) -> bool:
        """Write the batch that begins with `first`; whether it ended with the last mark."""
        traces, mark = self._gather(first)
        if traces:
            self._write(traces)
        if mark is None:
            return False
        mark.reached.set()
        return mark.last

    def _gather(self, first: Waiting | _Mark) -> tuple[list[Waiting], _Mark | None]:
        """Up to `BATCH` traces, ended early by a mark or after `GATHER_SECONDS`."""
        traces: list[Waiting] = []
        item, patient = first, not self._hurry.is_set()
        while not isinstance(item, _Mark):
            traces.append(item)
            if len(traces) == BATCH:
                return traces, None
            if patient and self._queue.empty():
                self._due.wait(GATHER_SECONDS)
                self._due.clear()  # what it was set for is in the queue by now
                patient = False
            try:
                item = self._queue.get_nowait()
            except Empty:
                return traces, None
        return traces, item

    def _write(self, batch: Sequence[Waiting]) -> None:
        lost = self._tally.untold()
        kept = self._deliver([*lost, *(waiting.record for waiting in batch)], len(batch))
        self._tally.settle(batch, kept=kept)
        for waiting in batch:
            if waiting.receipt is not None:
                waiting.receipt.settle(kept=kept)
        if kept:
            self._tally.told(lost)

    def _deliver(self, records: Sequence[Offered | Lost], traces: int = 0) -> bool:
        """Bring records into the store or its spool; whether one of the two has them."""
        try:
            if not self._delivery.deliver(records) and not self._told_of_spool:
                self._told_of_spool = True
                emit("warning", "explainbot.traces_spooled", {"reason": self._delivery.fault, "traces": traces})
        except BaseException as error:  # noqa: BLE001  (a store of the user's may raise anything, SystemExit too)
            reason = str(error) if isinstance(error, ExplainbotError) else type(error).__name__
            self._say_once("failed", reason, traces)
            return False
        return True

    def _close_store(self) -> None:
        try:
            self.store.close()
        except Exception as error:  # noqa: BLE001  (a store of the user's may raise anything)
            self._say_once("not closed", type(error).__name__)

    def _say_once(self, what: str, reason: str, count: int = 1) -> None:
        with self._lock:
            if what in self._said:
                return
            self._said.add(what)
        emit("warning", "explainbot.traces_lost", {"what": what, "reason": reason, "traces": count})


def _warm_up() -> None:
    """Write and read a trace once. pydantic prepares its serialiser at the first use, under a lock of its own; were the
    process forked in that moment by another thread, the child would wait for that lock for ever.
    """
    Trace.from_json(Trace(id="-", started=EPOCH, duration_ms=0, provider="", request_model="", status="ok").to_json())


_warm_up()
