"""Questions take turns: short ones are answered whatever else is asked, long ones a few at a time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from searchkit.deadline import check
from searchkit.errors import QueryTimeout
from searchkit.searching import Searcher
from searchkit.web import Settings
from searchkit.web.problems import Busy
from searchkit.web.service import Service


def endless(_: Searcher) -> str:
    """A question that goes on until it is given up, as long ones do: from step to step."""
    while True:
        time.sleep(0.01)
        check()


def short(_: Searcher) -> str:
    return "answered"


def test_short_questions_are_answered_beside_many_long_ones(index: Path) -> None:
    service = Service(Settings(index, seconds=2.0))

    async def asked() -> tuple[list[object], list[float]]:
        long = [asyncio.create_task(service.ask(endless)) for _ in range(8)]
        times = []
        for _ in range(10):
            await asyncio.sleep(0.1)
            began = time.monotonic()
            assert await service.ask(short) == "answered"
            times.append(time.monotonic() - began)
        return [*await asyncio.gather(*long, return_exceptions=True)], times

    ended, times = asyncio.run(asked())
    service.close()
    assert [type(error) for error in ended].count(QueryTimeout) == 2  # as many as go on side by side
    assert [type(error) for error in ended].count(Busy) == 6
    assert max(times) < 1.5


def test_the_pieces_of_an_export_are_not_cut_short(index: Path) -> None:
    service = Service(Settings(index, seconds=10.0))

    def piece(_: Searcher) -> str:
        for _step in range(100):
            time.sleep(0.01)
            check()
        return "whole"

    async def asked() -> list[object]:
        long = [asyncio.create_task(service.ask(endless)) for _ in range(2)]
        await asyncio.sleep(0.3)
        found = await service.ask(piece, patience=None)
        for task in long:
            task.cancel()
        return [found, *await asyncio.gather(*long, return_exceptions=True)]

    assert asyncio.run(asked())[0] == "whole"
    service.close()


def test_a_long_question_alone_has_all_its_time(index: Path) -> None:
    service = Service(Settings(index, seconds=1.0))
    began = time.monotonic()
    with pytest.raises(QueryTimeout):
        asyncio.run(service.ask(endless))
    assert 1.0 <= time.monotonic() - began < 3.0
    service.close()
