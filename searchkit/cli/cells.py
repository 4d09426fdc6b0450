"""How much room text takes on a terminal, in cells: 統 takes two."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size

__all__ = ["cell_len", "cut", "set_cell_size"]


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells; a longer one ends in "…"."""
    return text if cell_len(text) <= width else f"{set_cell_size(text, width - 1)}…"
