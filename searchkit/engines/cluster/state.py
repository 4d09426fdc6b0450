"""What belongs to a generation as a whole: its profile, its vocabulary: bytes beside its index.

They stand in an index of their own, so that a search never meets them and nothing of them outlives the generation.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import zstandard

from searchkit.engines.arrays import Vocabulary
from searchkit.engines.cluster.connection import Connection, Json
from searchkit.errors import IndexDamaged
from searchkit.query import Profile
from searchkit.schema import with_own_fields

__all__ = ["FieldVocabulary", "GenerationState", "Told"]

_PIECE = 4_000_000
"""Bytes of one document, far below what a cluster takes in one request (100 MB)."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a generation on a cluster says of itself."""

    generation: str
    created: str
    """When it was begun: ISO 8601, UTC."""
    software: str
    speeches: int
    words: int
    pages: int
    former: str | None = None
    origin: str | None = None
    """The generation of a folder that it was copied from."""
    sources: tuple[str, ...] = ()
    skipped: int = 0
    stale: int = 0


@dataclass(frozen=True, slots=True)
class FieldVocabulary:
    """The terms of one field in order, and how often each stands in the whole index."""

    terms: tuple[str, ...]
    counts: Vocabulary


class GenerationState:
    """Reads and writes what belongs to the generation as a whole."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def create(self, replicas: int) -> None:
        """Make room for it on the cluster."""
        body = {
            "settings": {"number_of_shards": 1, "number_of_replicas": replicas},
            "mappings": {"dynamic": False, "properties": {}},
        }
        self._connection.request("PUT", f"/{self._index}", body)

    def put(self, name: str, content: bytes) -> None:
        """Keep `content` under `name`."""
        packed = zstandard.compress(content, 9)
        pieces = [packed[at : at + _PIECE] for at in range(0, len(packed), _PIECE)]
        for number, piece in enumerate(pieces):
            self._write(f"{name}.{number}", {"data": base64.b64encode(piece).decode("ascii")})
        self._write(name, {"pieces": len(pieces), "bytes": len(content)})

    def _write(self, key: str, body: Json) -> None:
        self._connection.request("PUT", f"/{self._index}/_doc/{key}", body)

    def get(self, name: str) -> bytes | None:
        """What is kept under `name`?  Raises IndexDamaged for what is not as it was written."""
        head = self._read(name)
        if head is None:
            return None
        try:
            pieces = [self._read(f"{name}.{number}") for number in range(head["pieces"])]
            packed = b"".join(base64.b64decode(piece["data"]) for piece in pieces if piece is not None)
            content = zstandard.ZstdDecompressor().decompress(packed, max_output_size=head["bytes"])
            if len(content) == head["bytes"] and None not in pieces:
                return content
        except (zstandard.ZstdError, binascii.Error, KeyError, TypeError):
            pass
        raise self._damaged(name)

    def _read(self, key: str) -> Json | None:
        found = self._connection.request("GET", f"/{self._index}/_doc/{key}", missing_allowed=True)
        return found["_source"] if found else None

    def _damaged(self, name: str) -> IndexDamaged:
        return IndexDamaged(
            f"{self._connection.address}: {name} of {self._index} is not as it was written; copy or build it anew"
        )

    # -- by what it means ----------------------------------------------------------------------------------------------

    def put_told(self, told: Told) -> None:
        """Keep what the generation says of itself."""
        self.put("told", json.dumps(asdict(told), ensure_ascii=True).encode("ascii"))

    def told(self) -> Told:
        """What does the generation say of itself?"""
        kept = self._json("told")
        try:
            return Told(**{**kept, "sources": tuple(kept["sources"])})
        except (TypeError, KeyError) as error:
            raise self._damaged("told") from error

    def put_profile(self, profile: Profile) -> None:
        """Keep what a query must know of the corpus."""
        kept = {
            "own_fields": [field.name for field in profile.fields if field.own],
            "languages": sorted(profile.languages),
            "compounds": {joined: list(parts) for joined, parts in profile.compounds.items()},
            "never_joined": sorted(profile.never_joined),
            "names": {latin: list(forms) for latin, forms in profile.names.items()},
        }
        self.put("profile", json.dumps(kept, ensure_ascii=True).encode("ascii"))

    def profile(self) -> Profile:
        """What must a query know of the corpus?"""
        kept = self._json("profile")
        try:
            return Profile(
                with_own_fields(tuple(kept["own_fields"])),
                frozenset(kept["languages"]),
                {joined: tuple(parts) for joined, parts in kept["compounds"].items()},
                frozenset(kept["never_joined"]),
                {latin: tuple(forms) for latin, forms in kept["names"].items()},
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise self._damaged("profile") from error

    def _json(self, name: str) -> Any:
        content = self.get(name)
        if content is None:
            raise self._damaged(name)
        try:
            return json.loads(content)
        except ValueError as error:
            raise self._damaged(name) from error

    def put_vocabulary(self, field: str, counted: Mapping[str, tuple[int, int]]) -> None:
        """Keep the terms of `field`: term -> how often it occurs, how many speeches hold it."""
        terms = sorted(counted)
        self.put(f"terms-{field}", "\n".join(terms).encode("utf-8", "surrogatepass"))
        counts = np.asarray([counted[term] for term in terms], "<i8").reshape(-1, 2)
        self.put(f"counts-{field}", counts.tobytes())

    def vocabulary(self, field: str) -> FieldVocabulary:
        """Which terms has `field`?  None for a field without a word."""
        terms, counts = self.get(f"terms-{field}"), self.get(f"counts-{field}")
        if not terms or counts is None:
            return FieldVocabulary((), Vocabulary(np.zeros(0, np.int64), np.zeros(0, np.int64)))
        listed = tuple(terms.decode("utf-8", "surrogatepass").split("\n"))
        numbers = np.frombuffer(counts, "<i8").reshape(-1, 2)
        if len(listed) != len(numbers):
            raise self._damaged(f"terms-{field}")
        return FieldVocabulary(listed, Vocabulary(numbers[:, 0], numbers[:, 1]))
