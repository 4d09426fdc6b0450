"""A page that kills, hangs or misuses a worker process costs itself alone."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.indexing import BuildOptions, BuildReport, PageCounts, workers
from searchkit.indexing.digests import content_hash, speech_digest
from searchkit.indexing.pipeline import inspect_page
from searchkit.indexing.workers import inspect_pages
from searchkit.models import Inspection, RawPage, Skipped

Build = Callable[..., BuildReport]

# Stands where the rules for pages stand, in the worker process alone.
MISCHIEF = """
import os, sys, time
import searchkit.indexing.worker as worker
from searchkit.models import Inspection, Skipped
inspect_page = worker.inspect_page
def mischief(page, options):
    if page.content == b"die": os._exit(3)
    if page.content == b"hang": time.sleep(60)
    if page.content == b"print these words": print("noise", flush=True); os.system("echo noise")
    if page.content == b"starved": return Inspection(Skipped(page.key, "not enough memory", unreadable=True))
    if page.content.startswith(b"scarce "):
        try: os.close(os.open(page.content[7:], os.O_CREAT | os.O_EXCL))
        except OSError: pass
        else: return Inspection(Skipped(page.key, "not enough memory", unreadable=True))
    if page.content.startswith(b"once "):
        try: os.close(os.open(page.content[5:], os.O_CREAT | os.O_EXCL))
        except FileExistsError: pass
        else: os._exit(3)
    return inspect_page(page, options)
worker.inspect_page = mischief
worker.main()
"""


@pytest.fixture
def mischief(monkeypatch: pytest.MonkeyPatch) -> None:
    popen = subprocess.Popen

    def start(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        assert command == [sys.executable, "-P", "-m", "searchkit.indexing.worker"]
        return popen([sys.executable, "-P", "-c", MISCHIEF], **options)

    monkeypatch.setattr(subprocess, "Popen", start)


def page(key: str, content: str) -> RawPage:
    return RawPage(key, key, "text", content.encode())


def inspected(contents: dict[str, str], jobs: int = 1) -> dict[str, str]:
    """Key -> the text of the page's speech, or why it was skipped; in order."""
    pages = [page(key, content) for key, content in contents.items()]
    return {
        read.key: found.page.reason if isinstance(found.page, Skipped) else found.speeches[0].text.strip()
        for read, found in inspect_pages(pages, BuildOptions(), jobs)
        if isinstance(read, RawPage)
    }


GOOD = {f"{number:02}": f"Words number {number}." for number in range(40)}


def test_order_is_kept_whoever_does_the_work() -> None:
    pages: list[RawPage | Skipped] = [page(key, text) for key, text in GOOD.items()]
    pages.insert(7, Skipped("gone", "cannot be read"))
    pages.insert(9, RawPage("r", "r", "record", record={"text": "A record's words."}))
    results = list(inspect_pages(pages, BuildOptions(), jobs=3))
    assert [read for read, _ in results] == pages
    assert results[7][1] == Inspection(Skipped("gone", "cannot be read"))
    assert [found.speeches[0].text.strip() for _, found in results if found.speeches] == [
        *list(GOOD.values())[:8],
        "A record's words.",
        *list(GOOD.values())[8:],
    ]


@pytest.mark.usefixtures("mischief")
def test_a_page_that_ends_its_worker() -> None:
    contents = {**GOOD, "05": "die", "06": "die", "39": "die"}
    died = "its worker process died"
    assert inspected(contents, jobs=2) == {**GOOD, "05": died, "06": died, "39": died}


@pytest.mark.usefixtures("mischief")
def test_a_page_that_was_there_when_something_else_ended_the_worker(tmp_path: Path) -> None:
    text = f"once {tmp_path / 'sign'}"
    assert inspected({**GOOD, "05": text}) == {**GOOD, "05": text}


@pytest.mark.usefixtures("mischief")
def test_a_page_that_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PAGE_SECONDS", 4.0)
    assert inspected({**GOOD, "05": "hang"}) == {**GOOD, "05": "took longer than 4 seconds"}


@pytest.mark.usefixtures("mischief")
def test_what_a_library_prints_does_not_reach_the_answers() -> None:
    assert inspected({**GOOD, "05": "print these words"}) == {**GOOD, "05": "print these words"}


@pytest.mark.usefixtures("mischief")
def test_a_page_lost_with_its_worker_keeps_its_former_speeches(
    run: Build, pages: Path, texts: Callable[[], dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    run([pages])
    (pages / "war.txt").write_text("die")
    report = run([pages])
    assert report.pages == PageCounts(read=4, unchanged=3, stale=1)
    assert report.skipped == (Skipped("war.txt", "its worker process died", unreadable=True),)
    assert texts()["war.txt"] == "They spoke of war words."


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The worker processes that were started."""
    processes: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(popen(*arguments, **options))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    return processes


def test_a_worker_that_is_killed_from_outside_costs_nothing(started: list[subprocess.Popen[bytes]]) -> None:
    # Many more batches than may wait, so that both workers have some to do after the first result.
    contents = {f"{number:04}": f"Words number {number}." for number in range(1200)}
    found = {}
    for number, (read, inspection) in enumerate(
        inspect_pages((page(key, text) for key, text in contents.items()), BuildOptions(), jobs=2)
    ):
        assert isinstance(read, RawPage)
        found[read.key] = inspection.speeches[0].text.strip()
        if number == 50:
            os.kill(started[0].pid, signal.SIGKILL)
    assert found == contents
    assert len(started) == 3
    assert all(process.poll() is not None for process in started)


def test_workers_end_with_a_build_that_is_given_up(started: list[subprocess.Popen[bytes]]) -> None:
    results = inspect_pages((page(str(number), "Words.") for number in itertools.count()), BuildOptions(), jobs=2)
    next(results)
    results.close()
    assert 1 <= len(started) <= 2
    assert all(process.returncode is not None for process in started)


def test_records_that_are_taken_as_they_are_need_no_worker(started: list[subprocess.Popen[bytes]]) -> None:
    record = RawPage("r", "r", "record", record={"text": "A record's words."})
    assert len(list(inspect_pages([record], BuildOptions(), jobs=2))) == 1
    assert started == []
    assert len(list(inspect_pages([record], BuildOptions(clean_records=True), jobs=2))) == 1
    assert len(started) == 1


def test_a_program_without_a_main_guard_and_with_the_package_on_a_path_of_its_own(tmp_path: Path) -> None:
    """Workers are processes of their own, never a second run of the program."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text("Words of a page.\n")
    (tmp_path / "json.py").write_text(
        "raise SystemExit('the folder of the program is not the worker's to import from')"
    )
    (tmp_path / "program.py").write_text(
        "import sys\n"
        f"sys.path[:] = [{str(Path(workers.__file__).parents[2])!r}, *sys.path[1:]]\n"
        "import searchkit\n"
        "print(searchkit.build(['pages'], index='index').pages.added)\n"
    )
    done = subprocess.run(
        [sys.executable, "program.py"], capture_output=True, text=True, check=False, cwd=tmp_path, env={"PATH": ""}
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_program_given_on_the_command_line(tmp_path: Path) -> None:
    """Its sys.path holds the working directory as an empty text."""
    (tmp_path / "a.txt").write_text("Words of a page.\n")
    program = (
        f"import searchkit; print(searchkit.build([{str(tmp_path / 'a.txt')!r}], {str(tmp_path / 'i')!r}).speeches)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(workers.__file__).parents[2],
    )
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("here", [0, 10_000])
def test_records_are_the_same_whoever_makes_them(here: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_RECORDS_HERE", here)
    pages = [
        RawPage(f"r{number}", f"f#{number}", "record", record={"text": f"Words of record {number}.", "date": "2024-06"})
        for number in range(600)
    ]
    pages[7] = RawPage("r7", "f#7", "record", record={"text": "..."})
    made = list(inspect_pages(iter(pages), BuildOptions(), 2))
    assert [page for page, _ in made] == pages
    for page, inspection in made:
        assert inspection is not None
        expected = inspect_page(page, BuildOptions())
        assert inspection.speeches == expected.speeches
        assert inspection.content == content_hash(page)
        assert inspection.digests == tuple(map(speech_digest, expected.speeches))
        assert isinstance(inspection.page, Skipped) == isinstance(expected.page, Skipped) == (page.key == "r7")


@pytest.mark.usefixtures("mischief")
def test_a_page_that_lacks_memory_is_asked_for_once_more_of_a_new_process(tmp_path: Path) -> None:
    found = inspected({**GOOD, "05": f"scarce {tmp_path / 'met'}", "06": "starved"})
    assert found["05"].startswith("scarce /")
    assert found["06"] == "not enough memory"
    assert {key: text for key, text in found.items() if key not in ("05", "06")} == {
        key: text for key, text in GOOD.items() if key not in ("05", "06")
    }


def test_a_record_that_lacks_memory_ends_the_build(
    run: Build, index: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it the index would lack a speech."""

    def lacking(*_: object) -> None:
        raise MemoryError

    run([pages])
    (pages / "turns.jsonl").write_text('{"id": "ann", "text": "Ann has other words."}\n')
    with monkeypatch.context() as patched:
        patched.setattr("searchkit.indexing.record_making.speech_of_record", lacking)
        with pytest.raises(MemoryError):
            run([])
    with searchkit.open(index) as speeches:
        assert speeches.search("record").total == 2
