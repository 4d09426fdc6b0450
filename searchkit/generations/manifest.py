"""manifest.json: what a generation is made of and from. JSON of any content goes in; a Manifest or an error comes out.

It records size and checksum of every file; comparing them with the files is the business of `reading`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from searchkit.errors import IndexDamaged
from searchkit.generations.layout import MANIFEST, is_generation_id, quoted

__all__ = ["FORMAT", "FileRecord", "Manifest", "Recipe", "read_manifest", "write_manifest"]

FORMAT = 4
"""Raised when a generation of today could not be read by the readers of yesterday, or the reverse."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a build must know to be run again: its SOURCEs and how they were read."""

    sources: tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    metadata_key: str | None = None
    own_fields: tuple[str, ...] = ()
    clean_records: bool = False
    extract_records: bool = False
    speakers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRecord:
    """How a file was when the generation was published."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself."""

    generation: str
    created: str
    """When its build began: ISO 8601, UTC."""
    software: str
    """What wrote it: "searchkit 0.1.0"."""
    recipe: Recipe = field(default_factory=Recipe)
    speeches: int = 0
    pages: int = 0
    """Pages that gave a speech, the stale ones included."""
    skipped: int = 0
    """Pages that gave none."""
    stale: int = 0
    """Pages whose speeches are those of an earlier generation, because they could not be read."""
    analysis: str = ""
    """What made its segments of the speeches: a later build by another analysis writes them anew."""
    former: str | None = None
    """The generation that was live when it was built; None for the first."""
    files: Mapping[str, FileRecord] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """Which SOURCEs was it built from?"""
        return self.recipe.sources


def write_manifest(directory: Path, manifest: Manifest) -> None:
    """Keep `manifest` in the generation's folder."""
    shape = {"format": FORMAT, **asdict(manifest)}
    # ASCII, because the path of a SOURCE may hold bytes that are no valid Unicode.
    (directory / MANIFEST).write_text(json.dumps(shape, ensure_ascii=True, indent=1) + "\n", encoding="ascii")


def read_manifest(directory: Path) -> Manifest:
    """What does the generation in `directory` say of itself?

    Raises IndexDamaged, with what is wrong and what to do, for anything but a manifest of this format.
    """
    path = directory / MANIFEST
    try:
        return _manifest(_Shape(json.loads(path.read_text(encoding="ascii"))), directory.name)
    except (OSError, ValueError, RecursionError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        problem = (
            f"{directory} was written by another version of searchkit ({what})"
            if isinstance(error, _OtherFormat)
            else f"{path} is not as it was written ({what}), so the SOURCEs of this index are not known"
        )
        raise IndexDamaged(
            f"{problem}; build it anew: searchkit build SOURCE... --replace --index {quoted(directory.parent.parent)}"
        ) from error


class _OtherFormat(ValueError):
    """A manifest that is whole, and of another format."""


class _Shape:
    """A JSON object whose members are asked for by type; raises ValueError for another type."""

    def __init__(self, value: object, name: str = "it") -> None:
        if not isinstance(value, dict):
            raise ValueError(f"{name} is not an object")
        self._values: dict[str, object] = value

    def text(self, key: str) -> str:
        value = self._values.get(key)
        if not isinstance(value, str):
            raise ValueError(f"{key} is not a text")
        return value

    def number(self, key: str) -> int:
        value = self._values.get(key)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"{key} is not a count")
        return value

    def flag(self, key: str) -> bool:
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise ValueError(f"{key} is neither true nor false")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError(f"{key} is not a list of texts")
        return tuple(value)

    def shape(self, key: str) -> _Shape:
        return _Shape(self._values.get(key), key)

    def is_null(self, key: str) -> bool:
        return key in self._values and self._values[key] is None

    def names(self) -> list[str]:
        return list(self._values)


def _manifest(shape: _Shape, directory_name: str) -> Manifest:
    if shape.number("format") != FORMAT:
        raise _OtherFormat(f"it has format {shape.number('format')}, and this searchkit reads format {FORMAT}")
    generation = shape.text("generation")
    if not is_generation_id(generation) or not directory_name.endswith(generation):
        raise ValueError("it belongs to another generation")
    files = shape.shape("files")
    return Manifest(
        generation,
        shape.text("created"),
        shape.text("software"),
        _recipe(shape.shape("recipe")),
        shape.number("speeches"),
        shape.number("pages"),
        shape.number("skipped"),
        shape.number("stale"),
        shape.text("analysis"),
        _former(shape),
        {_file_name(name): _file(files.shape(name)) for name in files.names()},
    )


def _recipe(shape: _Shape) -> Recipe:
    return Recipe(
        shape.texts("sources"),
        shape.texts("metadata"),
        None if shape.is_null("metadata_key") else shape.text("metadata_key"),
        shape.texts("own_fields"),
        shape.flag("clean_records"),
        shape.flag("extract_records"),
        shape.texts("speakers"),
        shape.texts("rules") if "rules" in shape.names() else (),
    )


def _former(shape: _Shape) -> str | None:
    former = None if shape.is_null("former") else shape.text("former")
    if former is not None and not is_generation_id(former):
        raise ValueError("former does not name a generation")
    return former


def _file(shape: _Shape) -> FileRecord:
    return FileRecord(shape.number("size"), shape.text("sha256"))


def _file_name(name: str) -> str:
    if not name or name in (".", "..") or "\0" in name or Path(name).name != name or "\\" in name:
        raise ValueError(f"{name!r} is not the name of a file")
    return name
