"""Builds, copies, rollbacks of an index on a cluster: what a folder promises holds there too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit
from searchkit.engines.cluster import Catalogue, Connection, locked, parse_address
from searchkit.errors import BuildRefused, IndexLocked, IndexMissing, UsageError
from searchkit.indexing import states_at
from searchkit.searching import Searcher
from tests.clusters import address as fresh_address
from tests.clusters import needs_cluster, remove_index

pytestmark = needs_cluster

TURN = "MR. LEE: We signed the Shusha Declaration.\n\nMS. TAN: It was “a day of joy”, Mr. Lee said. It was raining."
FIRST = (
    {"id": "a", "text": "We signed the Shusha Declaration.", "speaker": "Ilham Aliyev", "date": "2021-06-15"},
    {"id": "b", "text": "A ceasefire was agreed.", "speaker": "Mr. Lee", "date": "2020", "party": "X"},
    {"id": "c", "text": TURN, "date": "2024-06"},
)
SECOND = (FIRST[0], {**FIRST[1], "text": "A cease-fire was agreed, and held."}, {"id": "d", "text": "New words."})


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("SEARCHKIT_WORK", str(tmp_path / "work"))
    place = fresh_address()
    yield place
    remove_index(place)


def options(**given: object) -> searchkit.BuildOptions:
    return searchkit.BuildOptions(own_fields=("party",), jobs=1, **given)  # type: ignore[arg-type]


def everything(speeches: Searcher) -> list[searchkit.Speech]:
    return [hit.speech for hit in speeches.search("NOT xyzzy", limit=100, sort="oldest")]


def test_a_build_is_published_whole_and_the_next_one_beside_it(address: str) -> None:
    with pytest.raises(IndexMissing, match="no index at opensearch://"):
        searchkit.open(address)
    first = searchkit.build(FIRST, address, options=options())
    with searchkit.open(address) as speeches:
        assert speeches.generation == first.generation
        assert speeches.search('"Shusha Declaration"', facets=["party"]).total == 2
        second = searchkit.build(SECOND, address, options=options(replace=True, force=True))
        assert len(speeches) == 3  # it holds its generation
        assert speeches.count("ceasefire").total == 1
        assert speeches.refresh()
        assert speeches.count('exact:"cease fire"').total == 1
        assert speeches.speech("c") is None
    found = searchkit.changes(address)
    assert (found.since, found.generation) == (first.generation, second.generation)
    assert {change.id: change.kind for change in found.changes} == {"b": "changed", "c": "withdrawn", "d": "new"}
    assert searchkit.changes(address, first.generation).changes == found.changes


def test_a_rollback_holds_and_another_machine_builds_on_what_is_there(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = searchkit.build(FIRST, address, options=options())
    searchkit.build(SECOND, address, options=options(replace=True, force=True))
    with states_at(address) as states:
        assert [item.live for item in states.kept()] == [False, True]
        with states.locked("rollback", 0):
            assert states.rollback(None).id == first.generation
        assert states.hold() is not None
    with searchkit.open(address) as speeches:
        assert speeches.generation == first.generation
    with pytest.raises(BuildRefused, match="searchkit release"):
        searchkit.build(SECOND, address, options=options(replace=True, force=True))
    with states_at(address) as states, states.locked("release", 0):
        states.release()
    # a machine that never built this index: what is unchanged is told from what the cluster holds
    monkeypatch.setenv("SEARCHKIT_WORK", str(tmp_path / "elsewhere"))
    third = searchkit.build(SECOND, address, options=options(replace=True, force=True))
    assert (third.pages.unchanged, third.pages.changed, third.pages.added, third.pages.withdrawn) == (1, 1, 1, 1)
    with states_at(address) as states, states.locked("prune", 0):
        assert len(states.prune(1)) == 2
        assert [item.id for item in states.kept()] == [third.generation]


def test_a_copy_there_and_back_is_the_same(address: str, tmp_path: Path) -> None:
    built = tmp_path / "index"
    searchkit.build([*FIRST, {**FIRST[2], "id": "copy of c"}], built, options=options(extract_records=True))
    report = searchkit.copy(built, address)
    searchkit.copy(address, tmp_path / "back")
    assert report.speeches == 4
    with searchkit.open(built) as one, searchkit.open(address) as other, searchkit.open(tmp_path / "back") as back:
        assert everything(one) == everything(other) == everything(back)
        for query in ("NOT xyzzy", "said:joy quoting:lee", "speaker:tan", "ceasefire", 'party:"x"'):
            answers = [where.search(query, facets=["speaker", "quoting", "party"]) for where in (one, other, back)]
            totals = [(answer.total, answer.pages, answer.originals, answer.facets) for answer in answers]
            assert totals[0] == totals[1] == totals[2], query
        assert one.speakers() == other.speakers() == back.speakers()
    assert searchkit.changes(tmp_path / "back").since is None
    with pytest.raises(UsageError, match="wants a folder and an address"):
        searchkit.copy(address, address)


def test_one_builder_at_a_time(address: str) -> None:
    connection = Connection(parse_address(address))
    with locked(connection, "build"):
        with pytest.raises(IndexLocked, match=r"`build`, process [0-9]+ on"), locked(connection, "copy"):
            pass
        with pytest.raises(IndexLocked):
            searchkit.build(FIRST, address, options=options())
    with locked(connection, "copy"):
        pass
    connection.close()


def test_what_a_killed_builder_left_is_never_seen_and_swept(address: str) -> None:
    first = searchkit.build(FIRST, address, options=options())
    connection = Connection(parse_address(address))
    name = connection.address.name
    connection.request("PUT", f"/{name}-20990101t000000z-1", {})
    catalogue = Catalogue(connection)
    assert [item.id for item in catalogue.kept()] == [first.generation]
    assert catalogue.live() == first.generation
    assert catalogue.sweep() == ["20990101T000000Z-1"]
    connection.close()


def test_saved_queries_tell_what_is_new(address: str, tmp_path: Path) -> None:
    from searchkit import watching

    searchkit.build(FIRST, address, options=options())
    store = watching.Store(tmp_path / "watches")
    with store.locked("watch", 0):
        store.add("fire", "ceasefire")
        first = watching.run(address, store)
        first.told()
        searchkit.build(SECOND, address, options=options(replace=True, force=True))
        second = watching.run(address, store)
    assert [hit.id for hit in first.reports[0].new] == ["b"]
    assert [hit.id for hit in second.reports[0].changed] == ["b"]
