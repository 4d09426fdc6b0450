"""The next item is made while this one is used: what numpy sorts and gathers holds no other thread up."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["ahead"]

Item = TypeVar("Item")


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same `items`, of which one is in hand beside the one that was given; none may be None."""
    with ThreadPoolExecutor(1, thread_name_prefix="searchkit-ahead") as thread:
        coming = thread.submit(next, items, None)
        while (item := coming.result()) is not None:
            coming = thread.submit(next, items, None)
            yield item
            del item
