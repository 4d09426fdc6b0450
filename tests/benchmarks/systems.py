"""The engines under the clock, each with its own words for the same question.

A system builds its index from a JSONL file into a folder of its own, opens it, and answers a Question as a user's
search does: all matches counted, the fields of ten hits fetched.  It answers None to a kind that it cannot take.
Snippets are the same work for all: of each of ten hits one piece of the text, some 260 characters, its words marked.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

from corpus import read_records
from questions import Question

__all__ = ["SYSTEMS", "System"]

_SNIPPET = 260
"""Characters of a snippet: as many as searchkit shows; FTS5 counts words, 40 of which are as long."""

_DEBIAN_PACKAGES = "/usr/lib/python3/dist-packages"
"""Where apt puts the bindings of Xapian, which no package index has."""


class System(Protocol):
    """One engine."""

    name: str

    @classmethod
    def missing(cls) -> str | None:
        """Why can it not take part here?  None if it can."""

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        """Index `records` into the empty `folder`, with its text stored and two cores at most."""

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`."""

    def answer(self, question: Question) -> int | None:
        """How many speeches match?"""


def _missing(module: str) -> str | None:
    return None if importlib.util.find_spec(module) else f"{module} is not installed"


def _year(record: dict[str, Any]) -> int:
    return int((record.get("date") or "0")[:4])


class Searchkit:
    """This project, by its library."""

    name = "searchkit"
    _WAYS: ClassVar[dict[str, dict[str, Any]]] = {
        "sort by date": {"sort": "newest"},
        "deep page": {"offset": 10_000},
        "snippets": {"snippets": 1},
    }

    @classmethod
    def missing(cls) -> str | None:
        return _missing("searchkit")

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        import searchkit

        searchkit.build([str(records)], folder, options=searchkit.BuildOptions(jobs=2))

    def __init__(self, folder: Path) -> None:
        import searchkit

        self._speeches = searchkit.open(folder)

    def answer(self, question: Question) -> int | None:
        kind, words = question.kind, question.words
        quoted = [f'"{word}"' for word in words]
        options: dict[str, Any] = {"snippets": 0, **self._WAYS.get(kind, {})}
        if kind.startswith("OR"):
            query = " OR ".join(quoted)
        elif kind.startswith("phrase"):
            query = f'"{" ".join(words)}"'
        elif kind == "NEAR/5":
            query = f"{quoted[0]} NEAR/5 {quoted[1]}"
        elif kind == "prefix":
            query = f"{words[0]}*"
        elif kind == "fuzzy":
            query = f"{words[0]}~"
        elif question.period:
            query = f"{quoted[0]} date:{question.period[0]}..{question.period[1]}"
        else:
            query = " ".join(quoted)
        if kind.startswith("facet"):
            options["facets"] = ["speaker", "year"]
        results = self._speeches.search(query, **options)
        for hit in results:
            id, _, _ = hit.speech.id, hit.speech.speakers, hit.speech.date
            assert id
        return results.total


class Tantivy:
    """tantivy-py: Rust."""

    name = "tantivy"

    @classmethod
    def missing(cls) -> str | None:
        return _missing("tantivy")

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw")
        schema.add_text_field("text", stored=True)
        schema.add_text_field("title", stored=True)
        schema.add_text_field("speaker", stored=True, fast=True, tokenizer_name="raw")
        schema.add_text_field("venue", stored=True, fast=True, tokenizer_name="raw")
        schema.add_integer_field("day", stored=True, fast=True, indexed=True)
        schema.add_integer_field("year", stored=True, fast=True, indexed=True)
        index = tantivy.Index(schema.build(), path=str(folder))
        writer = index.writer(heap_size=512_000_000, num_threads=2)
        for record in read_records(records):
            document = tantivy.Document(id=record["id"], text=record["text"], title=record.get("title") or "")
            document.add_text("speaker", str(record.get("speaker") or ""))
            document.add_text("venue", str(record.get("venue") or ""))
            document.add_integer("day", int((record.get("date") or "0").replace("-", "")))
            document.add_integer("year", _year(record))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._vendor = tantivy
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def answer(self, question: Question) -> int | None:
        kind = question.kind
        query = self._query(question)
        options: dict[str, Any] = {"limit": 10, "count": True}
        if kind == "sort by date":
            options["order_by_field"] = "day"
        if kind == "deep page":
            options["offset"] = 10_000
        found = self._searcher.search(query, **options)
        documents = [self._searcher.doc(address) for _, address in found.hits]
        for document in documents:
            assert document.get_first("id")
        if kind.startswith("facet"):
            size = {"size": 65_000}
            self._searcher.aggregate(
                query,
                {"speaker": {"terms": {"field": "speaker", **size}}, "year": {"terms": {"field": "year", **size}}},
            )
        if kind == "snippets":
            generator = self._vendor.SnippetGenerator.create(self._searcher, query, self._schema, "text")
            generator.set_max_num_chars(_SNIPPET)
            for document in documents:
                generator.snippet_from_doc(document).to_html()
        return int(found.count)

    def _query(self, question: Question) -> Any:
        query, kind, words = self._vendor.Query, question.kind, list(question.words)
        if kind.startswith("phrase"):
            return query.phrase_query(self._schema, "text", words)
        if kind == "NEAR/5":
            return query.phrase_query(self._schema, "text", words, slop=4)
        if kind == "prefix":
            return query.regex_query(self._schema, "text", words[0] + ".*")
        if kind == "fuzzy":
            return query.fuzzy_term_query(self._schema, "text", words[0], distance=1)
        role = self._vendor.Occur.Should if kind.startswith("OR") else self._vendor.Occur.Must
        clauses = [(role, query.term_query(self._schema, "text", word)) for word in words]
        if question.period:
            years = query.range_query(self._schema, "year", self._vendor.FieldType.Integer, *question.period)
            clauses.append((role, query.const_score_query(years, 0.0)))
        return query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]


class Fts5:
    """SQLite's full-text index, with Porter stems as in most tutorials."""

    name = "SQLite FTS5"

    @classmethod
    def missing(cls) -> str | None:
        return None

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        database = sqlite3.connect(folder / "speeches.sqlite")
        database.execute(
            "create virtual table speech using fts5(id unindexed, text, title, speaker unindexed, venue unindexed, "
            "day unindexed, tokenize='porter unicode61')"
        )
        rows = (
            (row["id"], row["text"], row.get("title"), str(row.get("speaker")), str(row.get("venue")), row.get("date"))
            for row in read_records(records)
        )
        database.executemany("insert into speech values (?, ?, ?, ?, ?, ?)", rows)
        database.commit()

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "speeches.sqlite")

    def answer(self, question: Question) -> int | None:
        kind, words = question.kind, question.words
        if kind == "fuzzy":
            return None
        joined = " ".join(words)
        match = {
            "OR": " OR ".join(words),
            "phrase": f'"{joined}"',
            "NEAR/5": f"NEAR({joined}, 4)",
            "prefix": f"{joined}*",
        }.get(kind.split(" ")[0], " AND ".join(words))
        where, values = "speech match ?", [f"text : ({match})"]
        if question.period:
            where += " and day between ? and ?"
            values += [str(question.period[0]), f"{question.period[1]}-12-31"]
        shown = "id, speaker, day" + (", snippet(speech, 1, '[', ']', '…', 40)" if kind == "snippets" else "")
        order = "day desc" if kind == "sort by date" else "rank"
        offset = 10_000 if kind == "deep page" else 0
        run = self._database.execute
        (total,) = run(f"select count(*) from speech where {where}", values).fetchone()
        run(f"select {shown} from speech where {where} order by {order} limit 10 offset {offset}", values).fetchall()
        if kind.startswith("facet"):
            for column in ("speaker", "substr(day, 1, 4)"):
                run(f"select {column}, count(*) from speech where {where} group by 1", values).fetchall()
        return int(total)


class Xapian:
    """Xapian: C++, the engine of TheyWorkForYou and Recoll."""

    name = "Xapian"
    _SPEAKER, _DAY = 0, 1

    @classmethod
    def missing(cls) -> str | None:
        return None if cls._vendor() else "apt's python3-xapian is not installed"

    @staticmethod
    def _vendor() -> Any:
        if importlib.util.find_spec("xapian") is None and Path(_DEBIAN_PACKAGES, "xapian").is_dir():
            # At the end: Debian's other packages must not stand before those of this environment.
            sys.path.append(_DEBIAN_PACKAGES)
        try:
            import xapian
        except ImportError:
            return None
        return xapian

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        xapian = Xapian._vendor()
        database = xapian.WritableDatabase(str(folder / "xapian"), xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        for record in read_records(records):
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(record["text"])
            document.set_data(json.dumps(record, ensure_ascii=False))
            document.add_value(Xapian._SPEAKER, str(record.get("speaker") or ""))
            document.add_value(Xapian._DAY, record.get("date") or "")
            database.add_document(document)
        database.commit()
        database.close()

    def __init__(self, folder: Path) -> None:
        self._xapian = self._vendor()
        self._database = self._xapian.Database(str(folder / "xapian"))

    def answer(self, question: Question) -> int | None:
        kind = question.kind
        if kind == "fuzzy":
            return None
        xapian = self._xapian
        enquire = xapian.Enquire(self._database)
        enquire.set_query(self._query(question))
        if kind == "sort by date":
            enquire.set_sort_by_value(self._DAY, True)
        spies = [xapian.ValueCountMatchSpy(slot) for slot in (self._SPEAKER, self._DAY)]
        if kind.startswith("facet"):
            for spy in spies:
                enquire.add_matchspy(spy)
        # The whole collection is looked at: else the total is an estimate.
        found = enquire.get_mset(10_000 if kind == "deep page" else 0, 10, self._database.get_doccount())
        for match in found:
            shown = json.loads(match.document.get_data())
            if kind == "snippets":
                found.snippet(shown["text"], _SNIPPET)
        if kind.startswith("facet"):
            Counter({item.term: item.termfreq for item in spies[0].values()})
            years: Counter[bytes] = Counter()
            for item in spies[1].values():
                years[item.term[:4]] += item.termfreq
        return int(found.get_matches_estimated())

    def _query(self, question: Question) -> Any:
        query, kind, words = self._xapian.Query, question.kind, list(question.words)
        if kind.startswith("phrase"):
            return query(query.OP_PHRASE, words)
        if kind == "NEAR/5":
            return query(query.OP_NEAR, words, 6)
        if kind == "prefix":
            return query(query.OP_WILDCARD, words[0], 0, query.WILDCARD_LIMIT_ERROR, query.OP_OR)
        combined = query(query.OP_OR if kind.startswith("OR") else query.OP_AND, words)
        if question.period:
            first, last = question.period
            days = query(query.OP_VALUE_RANGE, self._DAY, str(first), f"{last}-12-31")
            combined = query(query.OP_FILTER, combined, days)
        return combined


class Bm25s:
    """bm25s: numpy and scipy, words of an OR only; it keeps no text and counts nothing."""

    name = "bm25s"

    @classmethod
    def missing(cls) -> str | None:
        return _missing("bm25s")

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        import bm25s

        kept = list(read_records(records))
        tokens = bm25s.tokenize([record["text"] for record in kept], stopwords=None, show_progress=False)
        retriever = bm25s.BM25()
        retriever.index(tokens, show_progress=False)
        retriever.save(folder)

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._vendor = bm25s
        self._retriever = bm25s.BM25.load(folder, mmap=True)

    def answer(self, question: Question) -> int | None:
        if question.kind not in ("rare term", "frequent term", "OR of 3", "OR of 8"):
            return None
        self._retriever.retrieve([list(question.words)], k=10, show_progress=False)
        return -1


class StockWhoosh:
    """Whoosh 2.7.4 with its own codec and searcher, stemming as its documentation does."""

    name = "stock Whoosh"

    @classmethod
    def missing(cls) -> str | None:
        return _missing("whoosh")

    @staticmethod
    def build(records: Path, folder: Path) -> None:
        from whoosh import fields, index
        from whoosh.analysis import RegexTokenizer, StandardAnalyzer

        words = StandardAnalyzer(RegexTokenizer(r"\w+").expression, stoplist=None)
        created = index.create_in(
            str(folder),
            fields.Schema(
                id=fields.ID(stored=True),
                text=fields.TEXT(analyzer=words, stored=True),
                speaker=fields.ID(stored=True, sortable=True),
                day=fields.NUMERIC(int, stored=True, sortable=True),
                year=fields.NUMERIC(int, stored=True, sortable=True),
            ),
        )
        writer = created.writer(limitmb=512)
        for record in read_records(records):
            writer.add_document(
                id=record["id"],
                text=record["text"],
                speaker=str(record.get("speaker") or ""),
                day=int((record.get("date") or "0").replace("-", "")),
                year=_year(record),
            )
        writer.commit()

    def __init__(self, folder: Path) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(folder)).searcher()

    def answer(self, question: Question) -> int | None:
        from whoosh import sorting
        from whoosh.query import FuzzyTerm

        kind = question.kind
        if kind in ("NEAR/5", "deep page"):
            return None
        query = FuzzyTerm("text", question.words[0]) if kind == "fuzzy" else self._query(question)
        options: dict[str, Any] = {}
        if kind == "sort by date":
            options["sortedby"] = sorting.FieldFacet("day", reverse=True)
        if kind.startswith("facet"):
            options["groupedby"] = ["speaker", "year"]
        found = self._searcher.search(query, limit=10, **options)
        found.fragmenter.maxchars = _SNIPPET
        for hit in found:
            assert hit["id"]
            if kind == "snippets":
                hit.highlights("text", top=1)
        if kind.startswith("facet"):
            for field in ("speaker", "year"):
                found.groups(field)
        return len(found)

    @staticmethod
    def _query(question: Question) -> Any:
        from whoosh.query import And, NumericRange, Or, Phrase, Prefix, Term

        kind, words = question.kind, list(question.words)
        if kind.startswith("phrase"):
            return Phrase("text", words)
        if kind == "prefix":
            return Prefix("text", words[0])
        terms: Sequence[Any] = [Term("text", word) for word in words]
        if question.period:
            terms = [*terms, NumericRange("year", *question.period)]
        return (Or if kind.startswith("OR") else And)(terms)


def _all() -> Iterator[type[Any]]:
    yield from (Searchkit, Tantivy, Fts5, Xapian, Bm25s, StockWhoosh)


SYSTEMS: dict[str, type[Any]] = {system.name: system for system in _all()}
"""Name -> engine; searchkit comes first."""
