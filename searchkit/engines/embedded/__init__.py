"""The default engine: a true Whoosh index in a folder, made of mapped arrays and answered by whole posting lists."""

from typing import TYPE_CHECKING

from searchkit.exports import load_when_used

if TYPE_CHECKING:
    from searchkit.engines.embedded.assembling import take_over
    from searchkit.engines.embedded.bulk.messages import ENDED, Failed, Job, failures_told
    from searchkit.engines.embedded.bulk.runs import RunWriter
    from searchkit.engines.embedded.bulk.sharing import Run, join
    from searchkit.engines.embedded.codec import ColumnarCodec
    from searchkit.engines.embedded.engine import EmbeddedEngine
    from searchkit.engines.embedded.segment import ColumnarSegment
    from searchkit.engines.embedded.side import write_side
    from searchkit.engines.embedded.traits import TraitNotes
    from searchkit.engines.embedded.writer import EmbeddedWriter
else:
    load_when_used(
        __name__,
        {
            "assembling": ("take_over",),
            "bulk.messages": ("ENDED", "Failed", "Job", "failures_told"),
            "bulk.runs": ("RunWriter",),
            "bulk.sharing": ("Run", "join"),
            "codec": ("ColumnarCodec",),
            "engine": ("EmbeddedEngine",),
            "segment": ("ColumnarSegment",),
            "side": ("write_side",),
            "traits": ("TraitNotes",),
            "writer": ("EmbeddedWriter",),
        },
    )

__all__ = [
    "ENDED",
    "ColumnarCodec",
    "ColumnarSegment",
    "EmbeddedEngine",
    "EmbeddedWriter",
    "Failed",
    "Job",
    "Run",
    "RunWriter",
    "TraitNotes",
    "failures_told",
    "join",
    "take_over",
    "write_side",
]
