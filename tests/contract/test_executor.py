"""What every executor promises, whatever runs it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator

import pytest

from reportedly.errors import MissingPart, ReportedlyError
from reportedly.run import Executor, Failure, Inline, LocalPool

EXECUTORS: dict[str, Callable[[], Executor]] = {
    "inline": Inline,
    "one process": lambda: LocalPool(workers=1),
    "three processes": lambda: LocalPool(workers=3),
}


@pytest.fixture(params=EXECUTORS)
def executor(request: pytest.FixtureRequest) -> Executor:
    return EXECUTORS[request.param]()


def slower_first(number: int) -> int:
    time.sleep(0.02 if number % 5 == 0 else 0)
    return number * number


def test_each_keeps_the_order_of_the_input(executor: Executor) -> None:
    assert list(executor.each(slower_first, range(40))) == [number * number for number in range(40)]


def test_each_of_nothing_is_nothing(executor: Executor) -> None:
    assert list(executor.each(slower_first, [])) == []


def test_each_takes_its_input_as_it_goes(executor: Executor) -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        while True:
            taken.append(len(taken))
            yield taken[-1]

    assert next(iter(executor.each(slower_first, items()))) == 0
    assert len(taken) < 50


def test_by_key_groups_in_order(executor: Executor) -> None:
    items = ["bee", "ox", "ant", "elk", "yak", "asp"]
    found = list(executor.by_key(len, lambda size, words: [(size, word) for word in words], items))
    assert found == [(2, "ox"), (3, "bee"), (3, "ant"), (3, "elk"), (3, "yak"), (3, "asp")]


def test_by_key_holds_with_more_groups_than_travel_together(executor: Executor) -> None:
    found = list(executor.by_key(lambda n: n % 700, lambda key, some: [(key, sum(some))], range(1400)))
    assert found == [(key, 2 * key + 700) for key in range(700)]


def missing(number: int) -> int:
    raise MissingPart("a model", "extra")


def test_an_error_that_a_user_can_act_on_comes_through(executor: Executor) -> None:
    with pytest.raises(MissingPart, match="a model is not installed"):
        list(executor.each(missing, [1]))


def dangerous(order: str) -> str:
    if order == "die":
        os._exit(9)
    if order == "hang":
        while True:
            pass
    if order == "sleep":
        time.sleep(60)
    return order.upper()


def test_a_dead_and_a_hanging_worker_are_failures_in_their_place() -> None:
    pool = LocalPool(workers=2, time_limit_s=0.6)
    began = time.monotonic()
    results = list(pool.each(dangerous, ["a", "die", "b", "hang", "c", "die", "d"]))
    assert time.monotonic() - began < 10
    kinds = [each.kind if isinstance(each, Failure) else each for each in results]
    assert kinds == ["A", "died", "B", "timeout", "C", "died", "D"]
    assert [each.item for each in results if isinstance(each, Failure)] == ["die", "hang", "die"]


def test_an_item_that_only_waits_gets_more_time_but_not_for_ever() -> None:
    pool = LocalPool(workers=1, time_limit_s=0.1)
    began = time.monotonic()
    (result,) = pool.each(dangerous, ["sleep"])
    assert isinstance(result, Failure)
    assert 0.9 < time.monotonic() - began < 20


class Loading:
    """Counts its own start in the memory of a worker."""

    def warm(self) -> None:
        time.sleep(1.0)
        self.loaded = True

    def __call__(self, number: int) -> bool:
        return self.loaded


def test_loading_does_not_count_against_the_time_limit() -> None:
    pool = LocalPool(workers=1, time_limit_s=0.5)
    assert list(pool.each(Loading(), [1, 2])) == [True, True]
    assert pool.peak_mb > 1


class Broken:
    def warm(self) -> None:
        os._exit(1)

    def __call__(self, number: int) -> int:
        return number


def test_workers_that_cannot_start_end_the_run() -> None:
    with pytest.raises(ReportedlyError, match="before they are ready"):
        list(LocalPool(workers=2).each(Broken(), [1, 2, 3]))


class Unpicklable(Exception):
    def __init__(self) -> None:
        super().__init__(lambda: None)


def unpicklable(number: int) -> int:
    raise Unpicklable


def test_an_error_that_cannot_travel_still_has_a_name() -> None:
    with pytest.raises(RuntimeError, match="Unpicklable in a worker"):
        list(LocalPool(workers=1).each(unpicklable, [1]))


def test_giving_up_early_leaves_no_process() -> None:
    import multiprocessing

    results = LocalPool(workers=2).each(slower_first, range(100))
    next(iter(results))
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()
