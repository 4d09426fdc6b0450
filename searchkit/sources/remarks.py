"""What a person should know of a reading beside its pages: counted sentences, few however many files there are."""

from __future__ import annotations

__all__ = ["Remarks", "counted", "listed"]

_SHOWN = 3


class Remarks:
    """Collects sentences, each with the files that it holds of."""

    def __init__(self) -> None:
        self._files: dict[str, list[str]] = {}
        self._counts: dict[str, int] = {}

    def add(self, sentence: str, file: str) -> None:
        """Say `sentence` of `file`."""
        files = self._files.setdefault(sentence, [])
        if len(files) < _SHOWN:
            files.append(file)
        self._counts[sentence] = self._counts.get(sentence, 0) + 1

    def sentences(self) -> list[str]:
        """Which sentences were said, and of which files?  "not UTF-8, read as Windows-1252: a.csv, b.csv"."""
        return [f"{sentence}: {listed(files, self._counts[sentence])}" for sentence, files in self._files.items()]


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """How is a number of things said?  "1 page", "1,904 pages"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str], total: int) -> str:
    """How are the first `names` of `total` said?  "a, b and 7 more"."""
    rest = total - len(names)
    return ", ".join(names) + (f" and {rest:,} more" if rest else "")
