"""Executors: the whole vocabulary of scale-out, `each` and `by_key`, with a process pool that survives its workers.

The pool keeps the order of its input, holds a bounded number of items, kills a worker that takes too long over one
item and replaces one that died; both become a `Failure` in the place of that item's result.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Literal, Protocol, TypeVar, cast

from reportedly.errors import ReportedlyError

A = TypeVar("A")
B = TypeVar("B")
K = TypeVar("K", bound=Hashable)

_CLOCK_S = 0.25
_ITEMS_PER_WORKER = 4
_GROUPED_ITEMS = 512
_PATIENCE = 10
"""How many times the limit an item may take by the clock, on a machine that has other things to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What stands in the place of a result: the item took too long, or its worker died."""

    item: Any
    kind: Literal["timeout", "died"]
    detail: float | None = None


class Executor(Protocol):
    """Applies picklable functions to many items; results come in the order of the input, whatever runs them."""

    def each(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]:
        """`fn(item)` for every item."""
        ...

    def by_key(
        self, key: Callable[[A], K], fn: Callable[[K, list[A]], Iterable[B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        """All of `fn(key, items of that key)` for every key, keys in ascending order, items in the order given."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """A picklable `fn` over some (key, items) groups, for `by_key`."""

    fn: Callable[[Any, list[Any]], Iterable[Any]]

    def __call__(self, groups: list[tuple[Any, list[Any]]]) -> list[Any]:
        return [result for key, items in groups for result in self.fn(key, items)]


def _groups(key: Callable[[A], K], items: Iterable[A]) -> Iterator[list[tuple[K, list[A]]]]:
    """Groups in ascending order of their keys, small ones together."""
    buckets: dict[K, list[A]] = {}
    for item in items:
        buckets.setdefault(key(item), []).append(item)
    chunk: list[tuple[K, list[A]]] = []
    size = 0
    for name in sorted(buckets):  # type: ignore[type-var]
        chunk.append((name, buckets[name]))
        size += len(buckets[name])
        if size >= _GROUPED_ITEMS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class Inline:
    """Runs everything in this process: for a single text, a notebook, a test.

    >>> list(Inline().each(abs, [-2, 1]))
    [2, 1]
    >>> list(Inline().by_key(len, lambda size, words: [(size, words)], ["ab", "c", "de"]))
    [(1, ['c']), (2, ['ab', 'de'])]
    """

    def each(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]:
        """`fn(item)` for every item, as it is asked for."""
        return (fn(item) for item in items)

    def by_key(
        self, key: Callable[[A], K], fn: Callable[[K, list[A]], Iterable[B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        """All of `fn(key, items)`, keys ascending."""
        for chunk in _groups(key, items):
            yield from Grouped(fn=fn)(chunk)


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    ready: bool = False
    task: int | None = None
    since: float = field(default_factory=time.monotonic)
    work_before: float = 0.0

    def took(self) -> float:
        """Seconds of work on the item in hand; on a system that cannot tell them, seconds by the clock."""
        by_clock = time.monotonic() - self.since
        work = _work_of(self.process.pid)
        return by_clock if work is None else max(work - self.work_before, by_clock / _PATIENCE)


@dataclass(slots=True)
class LocalPool:
    """A pool of processes on this machine.

    `workers` 0 = one for each core; processes start only as they are needed. `time_limit_s` is for one item, in seconds
    of work (ten times as much by the clock), loading of models apart. After a run `peak_mb` is
    the largest memory that a worker has held.
    """

    workers: int = 0
    time_limit_s: float = 120.0
    peak_mb: float = 0.0

    def each(self, fn: Callable[[A], B], items: Iterable[A]) -> Iterator[B | Failure]:
        """`fn(item)` for every item, in the order of the input; at most a few items for each worker are held."""
        flight = _Flight(fn, self.workers or cores(), self.time_limit_s)
        try:
            for result in flight.results(iter(items)):
                self.peak_mb = max(self.peak_mb, flight.peak_mb)
                yield cast("B | Failure", result)
        finally:
            self.peak_mb = max(self.peak_mb, flight.peak_mb)
            flight.stop()

    def by_key(
        self, key: Callable[[A], K], fn: Callable[[K, list[A]], Iterable[B]], items: Iterable[A]
    ) -> Iterator[B | Failure]:
        """All of `fn(key, items)`, keys ascending; groups are held in memory."""
        for result in self.each(Grouped(fn=fn), _groups(key, items)):
            if isinstance(result, Failure):
                yield result
            else:
                yield from result


def cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Flight:
    """The items under way between a pool's workers, for one call of `each`."""

    def __init__(self, fn: Callable[[Any], Any], workers: int, limit: float) -> None:
        self.fn, self.size, self.limit = fn, workers, limit
        self.context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
        self.workers: list[_Worker] = []
        self.items: dict[int, Any] = {}  # taken from the input, no result yet
        self.waiting: deque[int] = deque()
        self.done: dict[int, Any] = {}
        self.peak_mb = 0.0
        self.lost_before_ready = 0

    def results(self, items: Iterator[Any]) -> Iterator[Any]:
        number, due, more = 0, 0, True
        while True:
            while more and len(self.items) + len(self.done) < _ITEMS_PER_WORKER * self.size:
                try:
                    item = next(items)
                except StopIteration:
                    more = False
                    break
                self.items[number] = item
                self.waiting.append(number)
                number += 1
                self._assign()
            while due in self.done:
                yield self.done.pop(due)
                due += 1
            if not more and due == number:
                return
            if due not in self.done and self.items:
                self._turn()

    def _assign(self) -> None:
        """Give waiting items to idle workers; start another worker while there is more to do than hands."""
        for worker in self.workers:
            if worker.ready and worker.task is None and self.waiting:
                self._send(worker)
        starting = sum(not worker.ready for worker in self.workers)
        while len(self.waiting) > starting and len(self.workers) < self.size:
            self._start()
            starting += 1

    def _start(self) -> None:
        ours, theirs = self.context.Pipe()
        forks = self.context.get_start_method() == "fork"
        inherited = [*(worker.pipe for worker in self.workers), ours] if forks else []
        process = self.context.Process(target=_serve, args=(theirs, self.fn, inherited), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process=process, pipe=ours))

    def _send(self, worker: _Worker) -> None:
        worker.task = self.waiting.popleft()
        worker.since = time.monotonic()
        worker.work_before = _work_of(worker.process.pid) or 0.0
        try:
            worker.pipe.send(self.items[worker.task])
        except (BrokenPipeError, ConnectionResetError):
            self._lost(worker)

    def _turn(self) -> None:
        """Wait for something to happen, take what came, look at the clock."""
        for pipe in wait([worker.pipe for worker in self.workers], timeout=_CLOCK_S):
            worker = next(each for each in self.workers if each.pipe is pipe)
            try:
                self._take(worker, worker.pipe.recv())
            except (EOFError, ConnectionResetError):
                self._lost(worker)
        for worker in list(self.workers):
            if worker.task is not None and worker.took() > self.limit:
                self._finish(worker, Failure(item=self.items[worker.task], kind="timeout", detail=self.limit))
                self._drop(worker)
        self._assign()

    def _take(self, worker: _Worker, message: tuple[str, Any, int]) -> None:
        kind, value, peak_kb = message
        self.peak_mb = max(self.peak_mb, peak_kb / 1024)
        if kind == "ready":
            worker.ready, self.lost_before_ready = True, 0
        elif kind == "error":
            raise value
        else:
            self._finish(worker, value)

    def _finish(self, worker: _Worker, result: Any) -> None:
        assert worker.task is not None
        self.done[worker.task] = result
        del self.items[worker.task]
        worker.task = None

    def _lost(self, worker: _Worker) -> None:
        """A worker ended by itself: its item fails; one that cannot even start is tried a few times."""
        if worker.task is not None:
            self._finish(worker, Failure(item=self.items[worker.task], kind="died"))
        elif not worker.ready:
            self.lost_before_ready += 1
            if self.lost_before_ready > 3:
                raise ReportedlyError(
                    "Workers end before they are ready, perhaps for want of memory. Try it with --workers 1."
                )
        self._drop(worker)

    def _drop(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def stop(self) -> None:
        for worker in list(self.workers):
            self._drop(worker)


def _serve(pipe: Connection, fn: Callable[[Any], Any], inherited: list[Connection]) -> None:
    """A worker's life: load, say so, answer items until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:  # ends that only the parent may hold, or its death would go unseen
        other.close()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        if hasattr(fn, "warm"):
            fn.warm()
        pipe.send(("ready", None, _peak_kb()))
        while True:
            item = pipe.recv()
            pipe.send(("result", fn(item), _peak_kb()))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
    except Exception as error:
        _tell(pipe, error)


def _tell(pipe: Connection, error: Exception) -> None:
    """Hand an error to the parent; one that cannot travel still has a name."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = RuntimeError(f"{type(error).__name__} in a worker")
    with suppress(OSError):
        pipe.send(("error", error, 0))


def _work_of(pid: int) -> float | None:
    """Seconds of processor time that a process has used, None where the system does not tell.

    A limit on work, not on the clock: a busy machine must not change what is found.
    """
    if sys.platform != "linux":
        return None
    try:
        return time.clock_gettime(((~pid) << 3) | 2)  # clock_getcpuclockid(3)
    except OSError:
        return None


def _peak_kb() -> int:
    try:
        import resource
    except ImportError:  # not on this system: no figure
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak
