"""Text with its styles, for a screen: a terminal shows both, a pipe the text alone.

rich draws it on a terminal; nothing here needs rich, which takes longer to load than a short answer to be found.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.presenting import visible

__all__ = ["Styled", "plain"]


class Styled:
    """Text whose parts have styles, in the words of rich: "bold cyan".  It is never interpreted."""

    __slots__ = ("spans", "text")

    def __init__(self, text: str = "", style: str = "") -> None:
        self.text = text
        self.spans: list[tuple[int, int, str]] = [(0, len(text), style)] if style else []
        """From where to where in the text, and in which style; later ones over earlier ones."""

    def __add__(self, other: Styled) -> Styled:
        both = Styled(self.text + other.text)
        shift = len(self.text)
        both.spans = [*self.spans, *((start + shift, end + shift, style) for start, end, style in other.spans)]
        return both

    def __len__(self) -> int:
        return len(self.text)

    def stylize(self, style: str, start: int, end: int) -> None:
        """Give the part from `start` to `end` a style too."""
        self.spans.append((start, end, style))

    def rows(self) -> Iterator[Styled]:
        """Which lines is it, where it has line breaks?"""
        begin = 0
        for text in self.text.split("\n"):
            row, end = Styled(text), begin + len(text)
            row.spans = [
                (max(first, begin) - begin, min(last, end) - begin, style)
                for first, last, style in self.spans
                if max(first, begin) < min(last, end)
            ]
            yield row
            begin = end + 1

    def rstrip(self) -> None:
        """Drop the blanks at the end."""
        self.text = self.text.rstrip()


def plain(text: str, style: str = "", *, one_line: bool = False) -> Styled:
    """`text` as it may be shown, in one style."""
    return Styled(visible(text, one_line=one_line), style)
