"""What is kept beside a segment, and counted from its tables, is what its speeches say."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.engines.embedded import EmbeddedWriter
from searchkit.engines.embedded.assembling import assemble, take_over
from searchkit.engines.embedded.holding import Holding
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.traits import keep_traits, read_traits
from searchkit.errors import IndexDamaged
from searchkit.identity.side import Traits
from searchkit.schema import FIELDS
from tests.contract.conftest import CORPUS


@pytest.fixture
def opened(tmp_path: Path) -> OpenIndex:
    """Three segments, of the first two of which some speeches are deleted."""
    directory = tmp_path / "index"
    directory.mkdir()
    segments = []
    for number, part in enumerate((CORPUS[:8], CORPUS[8:13], CORPUS[13:])):
        former = tmp_path / str(number)
        former.mkdir()
        writer = EmbeddedWriter(former, FIELDS)
        for speech in part:
            writer.add(speech)
        writer.commit()
        keep_traits(former, OpenIndex(former).segments[: number % 2])
        segments += take_over(former, directory, lambda page: page not in ("p1", "p3"))
    assemble(directory, FIELDS, segments)
    return OpenIndex(directory)


def files(opened: OpenIndex) -> int:
    return len(list(opened.directory.glob("*.traits")))


def test_kept_is_what_the_speeches_say(opened: OpenIndex) -> None:
    assert files(opened) == 1
    before = list(read_traits(opened.segments))
    keep_traits(opened.directory, opened.segments)
    assert files(opened) == len(opened.segments) == 3
    kept = list(read_traits(opened.segments))
    assert kept == before
    assert len(kept) == len(opened) < len(CORPUS)
    speeches = {speech.id: speech for speech in CORPUS}
    for item in kept:
        speech = speeches[item.id]
        assert item == Traits(
            number=item.number,
            id=speech.id,
            page=speech.page,
            start=speech.start,
            date=speech.date,
            speakers=speech.speakers,
            label=speech.label,
            role=speech.role,
            quoted=tuple(quote.speaker for quote in speech.quotes),
            words=item.words,
            sketch=item.sketch,
        )
        assert opened.texts([item.number]) == [speech.text]


def test_a_file_of_another_segment_is_named(opened: OpenIndex) -> None:
    keep_traits(opened.directory, opened.segments)
    first, second, _ = (opened.directory / f"{segment.name}.traits" for segment in opened.segments)
    first.write_bytes(second.read_bytes())
    with pytest.raises(IndexDamaged, match="traits"):
        list(read_traits(opened.segments))


def test_forms_are_counted_in_what_is_left(opened: OpenIndex) -> None:
    forms = sorted({form for segment in opened.segments for form in vocabulary(segment)})
    assert len(forms) > 50
    counts = {form: opened.holding("text", form) for form in forms}
    assert 0 in counts.values()
    together, one_by_one = Holding(opened.segments, forms), Holding(opened.segments, ())
    assert {form: together.count(form) for form in forms} == counts
    assert {form: one_by_one.count(form) for form in forms} == counts
    assert one_by_one.count("nowhere") == together.count("nowhere") == 0


def vocabulary(segment: object) -> list[str]:
    text = segment.field("text")  # type: ignore[attr-defined]
    return [term.decode() for term in text.vocabulary.terms(0, len(text.vocabulary))]
