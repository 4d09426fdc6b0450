"""Which page does a name in a metadata table mean?  Asked of the pages found; an ambiguous name means several."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.sources.formats import suffix_of

__all__ = ["Names"]


class Names:
    """Pages by key, by file name, and by file name without suffix."""

    def __init__(self, pages: Iterable[tuple[str, str]]) -> None:
        """`pages` are keys, each with its path below the folder that names may be relative to."""
        self._exact: dict[str, tuple[str, ...]] = {}
        self._named: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, tuple[str, ...]] = {}
        self._count = 0
        for key, below in pages:
            self._count += 1
            base = key.rpartition("/")[2]
            for name in {key, below}:
                _enter(self._exact, name, key)
            for name in {base, base[:-3] if base.lower().endswith(".gz") else base}:
                _enter(self._named, name, key)
            _enter(self._stems, base[: len(base) - len(suffix_of(base))], key)

    def find(self, name: str) -> tuple[str, ...]:
        """Which pages may `name` mean?  None, one, or the first two of several.

        A whole key comes before a file name, and that before a file name without its suffix.
        """
        name = name.strip().replace("\\", "/").removeprefix("./")
        return self._exact.get(name) or self._named.get(name) or self._stems.get(name) or ()

    def __len__(self) -> int:
        return self._count


def _enter(table: dict[str, tuple[str, ...]], name: str, key: str) -> None:
    held = table.get(name, ())
    if len(held) < 2:
        table[name] = (*held, key)
