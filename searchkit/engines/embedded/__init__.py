"""The default engine: a true Whoosh index in a folder, made of mapped arrays and answered by whole posting lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.engines.embedded.engine import EmbeddedEngine
from searchkit.engines.embedded.side import write_side

if TYPE_CHECKING:
    from searchkit.engines.embedded.assembling import take_over
    from searchkit.engines.embedded.codec import ColumnarCodec
    from searchkit.engines.embedded.writer import EmbeddedWriter

__all__ = ["ColumnarCodec", "EmbeddedEngine", "EmbeddedWriter", "take_over", "write_side"]

_LOADED_WHEN_USED = {
    "take_over": "searchkit.engines.embedded.assembling",
    "ColumnarCodec": "searchkit.engines.embedded.codec",
    "EmbeddedWriter": "searchkit.engines.embedded.writer",
}
"""What a query does not need."""


def __getattr__(name: str) -> Any:
    home = _LOADED_WHEN_USED.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)
