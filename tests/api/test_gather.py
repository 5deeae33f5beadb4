"""Calls that wait are worked on together."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from claimwright.api.gather import FullError, Gatherer


def gatherer(work, **limits):
    return Gatherer(work, lambda item: item, **limits)


def test_one_alone_is_worked_on_at_once_and_those_that_come_meanwhile_together():
    groups, begun, go_on = [], Event(), Event()

    def work(items):
        groups.append(list(items))
        begun.set()
        go_on.wait(5)
        return [item * 10 for item in items]

    async def story():
        calls = gatherer(work)
        first = asyncio.create_task(calls.ask(1))
        await asyncio.to_thread(begun.wait, 5)
        others = [asyncio.create_task(calls.ask(item)) for item in (2, 3, 4)]
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(first, *others)

    assert asyncio.run(story()) == [10, 20, 30, 40]
    assert groups == [[1], [2, 3, 4]]


def test_a_group_is_bounded_by_number_and_by_weight():
    groups, begun, go_on = [], Event(), Event()

    def work(items):
        groups.append(list(items))
        begun.set()
        go_on.wait(5)
        return items

    async def story():
        calls = gatherer(work, most=3, weight=10)
        first = asyncio.create_task(calls.ask(1))
        await asyncio.to_thread(begun.wait, 5)
        others = [asyncio.create_task(calls.ask(item)) for item in (2, 2, 2, 2, 9, 50)]
        await asyncio.sleep(0)
        go_on.set()
        await asyncio.gather(first, *others)

    asyncio.run(story())
    assert groups == [[1], [2, 2, 2], [2], [9], [50]]


def test_too_many_are_refused_and_a_failure_is_told_to_each_of_its_group():
    begun, go_on = Event(), Event()

    def work(items):
        begun.set()
        go_on.wait(5)
        raise ZeroDivisionError(len(items))

    async def story():
        calls = gatherer(work, waiting=2)
        first = asyncio.create_task(calls.ask(1))
        await asyncio.to_thread(begun.wait, 5)
        others = [asyncio.create_task(calls.ask(item)) for item in (2, 3)]
        await asyncio.sleep(0)
        with pytest.raises(FullError):
            await calls.ask(4)
        go_on.set()
        return await asyncio.gather(first, *others, return_exceptions=True)

    assert [error.args for error in asyncio.run(story())] == [(1,), (2,), (2,)]


def test_whoever_went_away_is_not_worked_for():
    groups, begun, go_on = [], Event(), Event()

    def work(items):
        groups.append(list(items))
        begun.set()
        go_on.wait(5)
        return items

    async def story():
        calls = gatherer(work)
        first = asyncio.create_task(calls.ask(1))
        await asyncio.to_thread(begun.wait, 5)
        gone, stays = (asyncio.create_task(calls.ask(item)) for item in (2, 3))
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        go_on.set()
        return await asyncio.gather(first, stays)

    assert asyncio.run(story()) == [1, 3]
    assert groups == [[1], [3]]
