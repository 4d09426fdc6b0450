"""Indexes on a real cluster for tests; without one they are skipped with the reason."""

from __future__ import annotations

import itertools
import os
import uuid
from collections.abc import Iterable

import pytest

from searchkit.engines.cluster import (
    ClusterEngine,
    ClusterWriter,
    Connection,
    IndexSettings,
    Known,
    Told,
    parse_address,
)
from searchkit.identity.side import Side
from searchkit.models import Speech
from searchkit.schema import FIELDS, Field

NODES = os.environ.get("SEARCHKIT_TEST_CLUSTER", "")
needs_cluster = pytest.mark.skipif(
    not NODES, reason="no cluster: scripts/opensearch start, and SEARCHKIT_TEST_CLUSTER=127.0.0.1:9200"
)
_numbers = itertools.count(1)


def address() -> str:
    """An index that nobody else has."""
    return f"opensearch://{NODES}/test-{uuid.uuid4().hex[:12]}"


def generation(number: int = 1) -> Told:
    return Told(f"20260101T000000Z-{number}", "2026-01-01T00:00:00Z", "searchkit", 0, 0, 0)


def build_cluster(
    speeches: Iterable[Speech], fields: tuple[Field, ...] = FIELDS, side: Side | None = None, shards: int = 3
) -> ClusterEngine:
    connection = Connection(parse_address(address()))
    told = generation(next(_numbers))
    writer = ClusterWriter(connection, told, fields, IndexSettings(shards, replicas=1))
    for number, speech in enumerate(speeches):
        writer.add(speech, known(side, number) if side else None)
    writer.commit()
    return ClusterEngine(connection, told.generation)


def known(side: Side, number: int) -> Known:
    original = side.originals[number]
    return Known(side.speakers_of(number), side.quoted_in(number), original, list(side.originals).count(original) - 1)


def remove(engine: ClusterEngine) -> None:
    remove_index(str(engine.address))
    engine.close()


def remove_index(place: str) -> None:
    connection = Connection(parse_address(place))
    name = connection.address.name
    for index in connection.request("GET", f"/_cat/indices/{name}*", params={"format": "json"}):
        connection.request("DELETE", f"/{index['index']}", missing_allowed=True)
    connection.close()
