"""Reports of saved queries: exact against brute force, and told once each, wherever a run is cut off."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import searchkit
from searchkit.errors import QueryError, UsageError
from searchkit.indexing import BuildOptions, build
from searchkit.watching import Report, Store, run

Build = Callable[[dict[str, str]], None]
State = dict[str, str]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "watches")


@pytest.fixture
def publish(index: Path) -> Build:
    def publish(texts: dict[str, str]) -> None:
        build(({"id": id, "text": text} for id, text in texts.items()), index, BuildOptions(jobs=1))

    return publish


@pytest.fixture
def told(index: Path, store: Store) -> Callable[[], list[Report]]:
    """Runs every saved query and tells what there is to tell."""

    def told() -> list[Report]:
        store.folder.mkdir(exist_ok=True)
        found = run(index, store)
        found.told()
        return list(found.reports)

    return told


def ids(report: Report) -> tuple[list[str], list[str], list[str]]:
    return tuple([hit.id for hit in hits] for hits in (report.new, report.changed, report.lost))  # type: ignore[return-value]


def saved(store: Store, name: str, query: str) -> None:
    with store.locked("watch add"):
        store.add(name, query)


def test_new_changed_and_lost(store: Store, publish: Build, told: Callable[[], list[Report]]) -> None:
    publish({"a": "Peace at once.", "b": "Peace later.", "c": "War."})
    saved(store, "peace", "peace")
    (first,) = told()
    assert (ids(first), first.since, first.total) == ((["a", "b"], [], []), None, 2)
    assert told() == []
    publish({"a": "Peace at last.", "b": "Truce.", "c": "War and peace.", "d": "War."})
    (second,) = told()
    assert ids(second) == (["c"], ["a"], ["b"])
    assert (second.since, second.total) == (first.generation, 2)
    assert second.id != first.id
    assert [hit.snippet for hit in second.changed] == ["Peace at last."]
    assert told() == []


def test_an_unchanged_corpus_is_no_news(store: Store, publish: Build, told: Callable[[], list[Report]]) -> None:
    saved(store, "peace", "peace")
    publish({"a": "Peace."})
    assert len(told()) == 1
    publish({"a": "Peace."})
    assert told() == []


def test_exact_against_brute_force(index: Path, store: Store, publish: Build, told: Callable[[], list[Report]]) -> None:
    chance = random.Random(7)
    words = "harbour budget ceasefire road school".split()
    queries = {"one": "harbour", "both": "road school", "without": "budget -road", "prefix": "cease*", "none": "xyzzy"}
    for name, query in queries.items():
        saved(store, name, query)
    texts: dict[str, str] = {}
    before: dict[str, State] = {name: {} for name in queries}
    for night in range(6):
        for id in chance.sample(sorted(texts), len(texts) // 4):
            del texts[id]
        texts |= {f"s{chance.randrange(60)}": " ".join(chance.choices(words, k=3)) for _ in range(20)}
        publish(texts)
        if night == 3:
            continue  # nobody asked that night
        reports = {report.name: report for report in told()}
        with searchkit.open(index) as speeches:
            for name, query in queries.items():
                now = {hit.speech.id: hit.speech.text for hit in speeches.search(query, limit=1000)}
                was = before[name]
                expected = (
                    sorted(now.keys() - was.keys()),
                    sorted(id for id in now.keys() & was.keys() if now[id] != was[id]),
                    sorted(was.keys() - now.keys()),
                )
                assert (ids(reports[name]) if name in reports else ([], [], [])) == expected
                before[name] = now


def test_an_edited_turn_that_still_answers_is_changed(
    index: Path, store: Store, tmp_path: Path, told: Callable[[], list[Report]]
) -> None:
    page = tmp_path / "pages" / "sitting.txt"
    page.parent.mkdir()
    saved(store, "line", "line")

    def publish(holds: str) -> None:
        page.write_text(f"Mr Tan: What of the line, may I ask?\n\nMs Lim: The {holds} on the line holds for today.\n")
        build([str(page.parent)], index, BuildOptions(jobs=1))

    publish("cease-fire")
    (first,) = told()
    publish("truce")
    publish("armistice")  # two nights without a run
    (report,) = told()
    assert (len(first.new), ids(report)[0], ids(report)[2]) == (2, [], [])
    (hit,) = report.changed
    assert hit.former_id in {known.id for known in first.new}
    assert hit.former_id != hit.id


@pytest.mark.parametrize("step", range(8))
def test_cut_off_at_any_step(
    index: Path,
    store: Store,
    publish: Build,
    told: Callable[[], list[Report]],
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    """However a run ends, every piece of news is in one report, and a report that is told again has its old id."""
    for name, query in (("peace", "peace"), ("war", "war"), ("truce", "truce")):
        saved(store, name, query)
    publish({"a": "Peace.", "b": "War.", "c": "Truce."})
    told()
    publish({"a": "Peace and war.", "d": "War, peace and truce."})
    keep, steps = Store.keep, iter(range(100))
    heard: list[Report] = []

    def cut_off(self: Store, watch: object) -> None:
        number = next(steps)
        if number == step and number % 2 == 0:
            raise KeyboardInterrupt
        keep(self, watch)  # type: ignore[arg-type]
        if number == step:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "keep", cut_off)
        try:
            found = run(index, store)
            heard += found.reports
            found.told()
        except KeyboardInterrupt:
            pass
    publish({"a": "Peace and war.", "d": "War, peace and truce.", "e": "More peace."})
    heard += told()
    by_id: dict[str, Report] = {}
    for report in heard:
        assert ids(by_id.setdefault(report.id, report)) == ids(report)
        assert report.again or by_id[report.id] is report
    news = sorted(
        (report.name, kind, id) for report in by_id.values() for kind, of in enumerate(ids(report)) for id in of
    )
    assert news == [
        ("peace", 0, "d"), ("peace", 0, "e"), ("peace", 1, "a"),
        ("truce", 0, "d"), ("truce", 2, "c"),
        ("war", 0, "a"), ("war", 0, "d"), ("war", 2, "b"),
    ]  # fmt: skip
    assert told() == []


def test_a_query_that_cannot_be_asked_any_more(store: Store, publish: Build, index: Path) -> None:
    publish({"a": "Peace."})
    saved(store, "bad", "party:green")
    saved(store, "peace", "peace")
    found = run(index, store)
    assert [report.name for report in found.reports] == ["peace"]
    (failed,) = found.failed
    assert (failed.name, type(failed.error)) == ("bad", QueryError)


def test_names(store: Store) -> None:
    saved(store, "peace", "peace")
    for name in ("", "a b", "../peace", ".peace", "x" * 65, "a/b"):
        with pytest.raises(UsageError, match="is no name for a saved query"):
            store.add(name, "war")
    with pytest.raises(UsageError, match="there is a saved query 'peace' already: peace; choose another name"):
        store.add("peace", "war")
    with pytest.raises(UsageError, match=r"there is no saved query 'war' in .*; there are: peace"):
        store.find("war")
    store.remove("peace")
    assert store.watches() == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', "\xff"])
def test_a_file_that_is_no_saved_query(store: Store, content: str) -> None:
    saved(store, "peace", "peace")
    (path,) = store.folder.glob("*.watch.json")
    path.write_text(content, encoding="latin-1")
    with pytest.raises(UsageError, match="is no saved query"):
        store.watches()
