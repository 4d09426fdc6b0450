"""The plain way to a segment, speech by speech: what it writes is what the fast way has to write."""

from __future__ import annotations

import dataclasses
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from whoosh.filedb.filestore import FileStorage

from searchkit.analysis import Analysis, foreign_names, stem_language
from searchkit.dates import span
from searchkit.engines.embedded.arrays import Array
from searchkit.engines.embedded.fields import day_term
from searchkit.engines.embedded.layout import PARAGRAPH_SLOTS, Coded, FieldPostings, Strings
from searchkit.engines.embedded.rests import ALL, FIRST, MARKS, OTHERWISE, SAME, SPACED
from searchkit.engines.embedded.segment import ColumnarSegment
from searchkit.engines.embedded.segment_writer import SegmentWriter, StoredWriter
from searchkit.engines.embedded.slots import slots_of
from searchkit.engines.naming import PEOPLE
from searchkit.engines.terms import SpeechTerms, terms_of
from searchkit.identity.sketches import sketch_of
from searchkit.models import Quote, Speech
from searchkit.schema import DATE_FACETS, Field, FieldKind, exact_name, with_own_fields

_TERMS_A_PIECE = 20_000
_NO_PLACE = [0]


class _Tokens:
    """The terms of one field, numbered in the order in which they come up, and where they stand."""

    def __init__(self) -> None:
        self.numbers: dict[str | bytes, int] = {}
        self.terms = array("I")
        self.speeches = array("I")
        self.places = array("I")

    def add(self, speech: int, terms: Sequence[str | bytes], places: Iterable[int]) -> None:
        numbers = self.numbers
        self.terms.extend([numbers.setdefault(term, len(numbers)) for term in terms])
        self.speeches.extend([speech] * len(terms))
        self.places.extend(places)


class PlainBatch:
    """Collects speeches; `write` makes a segment of them."""

    def __init__(self, fields: tuple[Field, ...]) -> None:
        self._fields = fields
        words = {field.name for field in fields if field.kind in (FieldKind.WORDS, FieldKind.NAMES)}
        self._tokens = {name: _Tokens() for name in sorted({*words, "stems"})}
        values = {field.name for field in fields if field.name not in words}
        values |= {exact_name(field.name) for field in fields if field.facet}
        self._values = {name: _Tokens() for name in sorted({*values, "date_first", "date_last"})}
        self._scored = tuple(field.name for field in fields if field.kind is FieldKind.WORDS)
        self._lengths: dict[str, list[int]] = {name: [] for name in self._scored}
        self._coded = {
            field.name: _CodedBuilder(field.several) for field in fields if field.facet and field.name not in PEOPLE
        }
        self._coded |= {name: _CodedBuilder(False) for name in (*DATE_FACETS, "date", "stem_language")}
        self._coded |= {name: _CodedBuilder(True) for name in ("compounds", "names")}
        self._days: list[tuple[int, int]] = []
        self._quotes: list[tuple[int, int, int]] = []
        self._plain: list[bool] = []
        self._ids: list[bytes] = []
        self._pages: dict[str, int] = {}
        self._page_of: list[int] = []
        self._sketches: list[bytes] = []
        self._stored: list[tuple[bytes, bytes]] = []
        self.words = 0
        """Words of all texts so far."""

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, speech: Speech, terms: SpeechTerms) -> None:
        """Take in the next speech."""
        number = len(self._ids)
        for name, tokens in self._tokens.items():
            held = terms.tokens[name]
            slots = slots_of(held.positions) if name in ("text", "stems") else held.positions
            tokens.add(number, held.terms, slots)
        for name, values in self._values.items():
            held_values = terms.values.get(name, ())
            values.add(number, held_values, _NO_PLACE * len(held_values))
        for name in self._scored:
            self._lengths[name].append(len(terms.tokens[name].terms))
        self._add_columns(speech, terms, number)
        self._stored.append((record_of(speech), rest_of(speech.text, terms.analysis)))
        self._sketches.append(sketch_of(terms.analysis.forms))
        self.words += terms.length

    def write(self, storage: Any, indexname: str) -> ColumnarSegment:
        """Write the speeches as one segment; which one is it?"""
        segment = ColumnarSegment(indexname, speeches=len(self))
        writer = SegmentWriter(storage, segment.segment_id(), len(self))
        try:
            self._write(writer)
        except BaseException:
            writer.abandon()
            raise
        return segment

    # ------------------------------------------------------------------------------------------------------------------

    def _add_columns(self, speech: Speech, terms: SpeechTerms, number: int) -> None:
        date = next(iter(terms.values["date"]), None)
        first, last = span(date) if date else (0, 0)
        self._days.append((first, last))
        if date:
            self._values["date_first"].add(number, [day_term(first)], _NO_PLACE)
            self._values["date_last"].add(number, [day_term(last)], _NO_PLACE)
        for name, column in self._coded.items():
            column.add(_derived(name, speech, terms) if name in _DERIVED else terms.values.get(exact_name(name), ()))
        self._quotes += [(number, first, last) for first, last in terms.quotes]
        self._plain.append(not (speech.notes or speech.quotes or "" in (speech.kind, speech.language)))
        self._ids.append(speech.id.encode("utf-8", "surrogatepass"))
        self._page_of.append(self._pages.setdefault(speech.page, len(self._pages)))

    def _write(self, writer: SegmentWriter) -> None:
        order = {"text": _order_of(self._tokens["text"])}
        for name in sorted({*self._tokens, *self._values}):
            positions = name in self._tokens and name != "stems"
            tokens = self._tokens.get(name) or self._values[name]
            with writer.field(name, positions=positions) as field:
                order[name] = order["text"] if name == "text" else _order_of(tokens)
                for piece in self._pieces(name, tokens, order, positions):
                    field.add(piece)
        self._write_stream(writer, order["text"])
        for scored in self._scored:
            writer.length(scored, np.asarray(self._lengths[scored], np.int64))
        days = np.asarray(self._days, np.int64).reshape(-1, 2)
        writer.numbers("date_first", days[:, 0], "<i4")
        writer.numbers("date_last", days[:, 1], "<i4")
        for coded, column in self._coded.items():
            writer.coded(coded, column.coded())
        quotes = np.asarray(self._quotes, np.int64).reshape(-1, 3)
        for place, part in enumerate(("quote_speeches", "quote_first", "quote_last")):
            writer.numbers(part, quotes[:, place], "<i4")
        writer.numbers("plain", np.asarray(self._plain), "<u1")
        writer.ids(Strings.of(self._ids))
        pages = Strings.of([page.encode("utf-8", "surrogatepass") for page in self._pages])
        writer.pages(pages, np.asarray(self._page_of, np.int64))
        sketches = [sketch for sketch, words in zip(self._sketches, self._lengths["text"], strict=True) if words >= 40]
        writer.numbers("sketches", np.frombuffer(b"".join(sketches), "<u2"), "<u2")
        stored = StoredWriter(writer.folder)
        stored.add([record for record, _ in self._stored], [text for _, text in self._stored])
        writer.stored(stored)
        writer.finish()

    def _pieces(self, name: str, tokens: _Tokens, order: dict[str, Array], positions: bool) -> Iterator[FieldPostings]:
        rank = order[name]
        terms = np.frombuffer(tokens.terms, np.uint32)
        ranked = rank[terms]
        # Tokens come speech by speech, each speech's rising: a stable sort keeps that within a term.
        sequence = np.argsort(ranked, kind="stable")
        ranked = ranked[sequence]
        speeches = np.frombuffer(tokens.speeches, np.uint32)[sequence].astype(np.int64)
        places = np.frombuffer(tokens.places, np.uint32)[sequence]
        listed = sorted(tokens.numbers, key=_encoded)
        forms = self._forms(tokens, rank, order["text"]) if name == "stems" else None
        for first in range(0, len(listed), _TERMS_A_PIECE):
            last = min(first + _TERMS_A_PIECE, len(listed))
            start, stop = np.searchsorted(ranked, (first, last))
            # One posting for each term and speech.
            keys = (ranked[start:stop] << 32) + speeches[start:stop]
            begins = np.flatnonzero(np.diff(keys, prepend=-1))
            yield FieldPostings(
                Strings.of([_encoded(term) for term in listed[first:last]]),
                np.bincount((keys[begins] >> 32) - first, minlength=last - first),
                keys[begins] & 0xFFFFFFFF,
                np.diff(begins, append=len(keys)),
                places[start:stop] if positions else None,
                **(forms(first, last) if forms else {}),
            )

    def _forms(self, tokens: _Tokens, rank: Array, text_rank: Array) -> Any:
        """For a range of stems: which terms of `text` have them?"""
        stems = rank[np.frombuffer(tokens.terms, np.uint32)]
        words = text_rank[np.frombuffer(self._tokens["text"].terms, np.uint32)]
        pairs = np.unique((stems << 32) + words)
        at = np.searchsorted(pairs >> 32, np.arange(len(rank) + 1))

        def chosen(first: int, last: int) -> dict[str, Array]:
            bounds = at[first : last + 1]
            return {"forms_at": bounds - bounds[0], "forms": pairs[bounds[0] : bounds[-1]] & 0xFFFFFFFF}

        return chosen

    def _write_stream(self, writer: SegmentWriter, rank: Array) -> None:
        tokens = self._tokens["text"]
        terms = rank[np.frombuffer(tokens.terms, np.uint32)]
        speeches = np.frombuffer(tokens.speeches, np.uint32)
        places = np.frombuffer(tokens.places, np.uint32).astype(np.int64)
        counts = np.bincount(terms, minlength=len(rank))
        code_of = np.empty(len(rank), np.int64)
        code_of[np.argsort(-counts, kind="stable")] = np.arange(1, len(rank) + 1)
        slots = np.zeros(len(self), np.int64)
        np.maximum.at(slots, speeches, places + 1)
        slots += PARAGRAPH_SLOTS
        codes = np.zeros(int(slots.sum()), np.int64)
        codes[(np.cumsum(slots) - slots)[speeches] + places] = code_of[terms]
        writer.stream(code_of, [(codes, slots)])


_DERIVED = frozenset((*DATE_FACETS, "date", "stem_language", "compounds", "names"))


def _derived(name: str, speech: Speech, terms: SpeechTerms) -> tuple[str, ...]:
    """The values of columns that are no fields."""
    if name == "stem_language":
        return (stem_language(speech.language),)
    if name == "compounds":
        return tuple(sorted(" ".join(parts) for _, parts in terms.analysis.compounds))
    if name == "names":
        return foreign_names(speech.text)
    if name == "names":
        return foreign_names(speech.text)
    return tuple(date[: _LENGTHS.get(name, len(date))] for date in terms.values["date"][:1])


_LENGTHS = {"year": len("2024"), "month": len("2024-06")}
"""Characters of the date that a date facet counts."""


class _CodedBuilder:
    """The values of one column while speeches are added."""

    def __init__(self, several: bool) -> None:
        self._several = several
        self._codes: dict[str, int] = {}
        self._held = array("i")
        self._counts = array("I")

    def add(self, values: Sequence[str]) -> None:
        self._several = self._several or len(values) > 1
        self._held.extend([self._codes.setdefault(value, len(self._codes)) for value in values])
        self._counts.append(len(values))

    def coded(self) -> Coded:
        counts = np.frombuffer(self._counts, np.uint32).astype(np.int64)
        held = np.frombuffer(self._held, np.int32).astype(np.int64)
        if self._several:
            return Coded(list(self._codes), held, np.concatenate([[0], np.cumsum(counts)]))
        codes = np.full(len(counts), -1, np.int64)
        codes[counts > 0] = held
        return Coded(list(self._codes), codes)


def record_of(speech: Speech) -> bytes:
    """What is stored of a speech beside its text?"""
    kept = dataclasses.asdict(speech)
    del kept["text"]
    return json.dumps(list(kept.values()), ensure_ascii=True, separators=(",", ":")).encode("ascii")


def rest_of(text: str, analysis: Analysis) -> bytes:
    """What remains of `text` without the forms of its words?"""
    if any(byte < MARKS for byte in _encoded(text)):
        return b"\0" + _encoded(text)
    rest, end = b"", 0
    behind = [*analysis.starts, None][1:]
    for form, first, last, following in zip(analysis.forms, analysis.starts, analysis.ends, behind, strict=True):
        written, plain = _encoded(text[first:last]), _encoded(form)
        rest += _encoded(text[end:first])
        end = last
        if written == plain:
            mark = SAME
        elif written[:1].isupper() and written[:1].lower() + written[1:] == plain:
            mark = FIRST
        elif written.isalpha() and written.isupper() and written.lower() == plain:
            mark = ALL
        else:
            rest, end = rest + bytes((OTHERWISE,)), first
            continue
        if following is not None and text[last:following] == " ":
            mark, end = mark + SPACED, last + 1
        rest += bytes((mark,))
    return rest + _encoded(text[end:])


def _encoded(term: str | bytes) -> bytes:
    return term if isinstance(term, bytes) else term.encode("utf-8", "surrogatepass")


def _order_of(tokens: _Tokens) -> Array:
    """The place of each term, by its number, in the order of their bytes."""
    numbers = [tokens.numbers[term] for term in sorted(tokens.numbers, key=_encoded)]
    rank = np.empty(len(numbers), np.int64)
    rank[numbers] = np.arange(len(numbers))
    return rank


FIELDS = with_own_fields(("party",))

WORDS = (
    "peace war Peace. The of declaration declarations Şuşa's cease-fire ceasefire no-one U.S. Mr. hon. (APPLAUSE) "
    "\n\n \u2029 internationalisation 人民 don't état-major Ælfgifu и не"
).split(" ")


def some_speeches(count: int, seed: int) -> list[Speech]:
    """Speeches of every kind: without text, without anything, with quotes, of two languages, several on a page."""
    random = np.random.default_rng(seed)

    def maybe(*values: Any) -> Any:
        return values[random.integers(len(values))]

    found = []
    for number in range(count):
        text = " ".join(random.choice(WORDS, random.integers(0, 60)))
        quotes = ()
        if len(text) > 40 and number % 3 == 0:
            quotes = (
                Quote(maybe(None, "Ali Khan"), text[2:9], 2, 9),
                Quote("X", text[12:13], 12, 13),
                Quote("Ann", text[20:40], 20, 40),
            )
        found.append(
            Speech(
                f"{number % 7}-{number:04}",
                f"page{number // 3}",
                text,
                url=maybe(None, "https://example.org/a"),
                title=maybe(None, "The state of the art", "Peace. War", f"Title {number}"),
                kind=maybe(None, "speech", "Debate"),
                speakers=maybe((), ("Ali Khan",), ("Ann Lee", "Ali Khan"), ("Əli Xan",)),
                label=maybe(None, "Mr. Khan"),
                role=maybe(None, "Minister of War"),
                venue=maybe((), ("Şuşa",), ("Hall of Peace", "Şuşa")),
                event=maybe(None, "Summit for peace"),
                date=maybe(None, "2024", "2024-06", "2023-01-31", "1955-12-01"),
                source=maybe(None, "AZERTAC", "azertac"),
                language=maybe(None, "en", "en", "en", "fr", "az", "xx"),
                procedural=bool(number % 5 == 0),
                quotes=quotes,
                notes=((text.index("(APPLAUSE)"), text.index("(APPLAUSE)") + 10),) if "(APPLAUSE)" in text else (),
                extras=maybe((), (("party", "Left"),), (("party", "Left"), ("seat", "12"))),
            )
        )
    return found


@pytest.fixture
def storage(tmp_path: Any) -> FileStorage:
    return FileStorage(str(tmp_path))


@pytest.fixture
def speeches() -> Callable[[int, int], list[Speech]]:
    return some_speeches


@pytest.fixture
def plain_segment(storage: FileStorage) -> Callable[[list[Speech]], ColumnarSegment]:
    """Writes speeches the plain way."""

    def written(speeches: list[Speech]) -> ColumnarSegment:
        batch = PlainBatch(FIELDS)
        for speech in speeches:
            batch.add(speech, terms_of(speech, FIELDS))
        return batch.write(storage, "PLAIN")

    return written
