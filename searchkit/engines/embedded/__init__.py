"""The default engine: a true Whoosh index in a folder, answered by whole posting lists."""

from searchkit.engines.embedded.engine import EmbeddedEngine
from searchkit.engines.embedded.side import write_side
from searchkit.engines.embedded.writer import EmbeddedWriter

__all__ = ["EmbeddedEngine", "EmbeddedWriter", "write_side"]
