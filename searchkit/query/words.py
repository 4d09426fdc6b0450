"""From typed words to nodes: a word by its stems, a phrase by its literal forms, a pattern, and closed compounds.

In goes a piece of the query, out comes a node of nodes.py that carries its place and its words as typed.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from searchkit.analysis import Analysis, analyze, cased_forms, fold, romanised, stem_term
from searchkit.errors import QueryError
from searchkit.query.nodes import Cased, Forms, Fuzzy, Phrase, Prefix, Query, Term, Wildcard, Word, placed
from searchkit.query.pieces import Piece, shown
from searchkit.query.streams import CASED

__all__ = ["Manner", "Wording", "is_fuzzy", "is_pattern", "no_word"]

_MOST_FORMS = 16
"""Ways of writing one phrase.  Where its compounds have more combinations, they are varied one at a time."""
_MOST_WILDCARDS = 8
_LONGEST_COMPOUND = 4
_MOST_WORDS = 1000
_WILDCARD = re.compile(r"[*?]+")
_QUOTED_WILDCARD = re.compile(r"\*|\?(?=\w)")
_FEWEST_LETTERS = 2
_FUZZY = re.compile(r"[^~]+~1?\Z", re.DOTALL)
_FEWEST_FUZZY_LETTERS = 3
"""Of two letters one edit leaves any other word of two."""

Words = tuple[tuple[str, int], ...]
"""Forms with their positions."""
Site = tuple[int, int, tuple[str, ...]]
"""words[start:end] may also be written as these forms."""


def is_pattern(text: str) -> bool:
    """Does the bare word `text` hold a wildcard?"""
    return _WILDCARD.search(text) is not None


def is_fuzzy(text: str) -> bool:
    """Does the bare word `text` ask for similar spellings, word~ or word~1?"""
    return _FUZZY.match(text) is not None


def no_word(piece: Piece) -> QueryError:
    """Which error says that nothing here can be searched for?"""
    return piece.error(f"there is no word in {piece.shown!r}: leave it out, or put a word there")


class Manner(enum.Enum):
    """How closely must a word be the one that was typed?"""

    USUAL = "usual"
    """Unquoted words in any inflection, and all words in each form that closed compounds give them."""
    EXACT = "exact"
    """Only these words, with or without quotes: no inflection, no other form."""
    CASED = "case"
    """Likewise, and with these capitals."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Builds nodes for the words of one field.  Only the text of a speech has stems."""

    fieldname: str = "text"
    languages: frozenset[str] = frozenset()
    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Joined form -> parts; empty where words are searched as they are typed."""
    never_joined: Set[str] = frozenset()
    """Those joined forms that nobody writes."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name in plain Latin letters -> its forms in whatever letters; for unquoted words of the text."""
    manner: Manner = Manner.USUAL

    def bare(self, piece: Piece) -> Query:
        """Which node is one unquoted word?  A phrase if it is written as several: cease-fire, U.S."""
        stemmed = self.fieldname == "text" and self.manner is Manner.USUAL
        node = self._any_form(piece, _analyzed(piece, notes=False), slop=1, stemmed=stemmed)
        return self._with_names(node, piece) if stemmed and self.names else node

    def _with_names(self, node: Query, piece: Piece) -> Query:
        """The node, and the other letters in which the corpus writes the name that it may be."""
        typed = fold(piece.text)
        written = (form for latin in romanised(piece.text) or (typed,) for form in self.names.get(latin, ()))
        forms = [form for form in dict.fromkeys(written) if form != typed]
        if not forms:
            return node
        said, labels = (list(node.children()), list(node.labels)) if isinstance(node, Forms) else ([node], [typed])
        named = [placed(Term(self.fieldname, form), piece.start, piece.end, form) for form in forms]
        return placed(Forms([*said, *named], [*labels, *forms]), piece.start, piece.end, getattr(node, "surface", None))

    def row(self, piece: Piece) -> Query:
        """Which phrase do unquoted words side by side make?"""
        return self._any_form(piece, _analyzed(piece, notes=False), slop=1, stemmed=False)

    def phrase(self, piece: Piece, slop: int = 1) -> Query:
        """Which node are words in quotes?  A single one is literal; wildcards are refused."""
        wildcard = _QUOTED_WILDCARD.search(piece.text)
        if wildcard is not None:
            raise piece.cut(*wildcard.span()).error(
                f"{wildcard.group()} is no wildcard inside a phrase: leave it out, or write the word with it unquoted"
            )
        analysis = _analyzed(piece)
        if len(analysis) == 1 and slop > 1:
            raise piece.error(f"a distance needs two words, and {piece.shown!r} is one: leave out the ~{slop}")
        return self._any_form(piece, analysis, slop, stemmed=False)

    def pattern(self, piece: Piece) -> Query:
        """Which node is a word with wildcards, decl* or w?rd?  It stands for literal forms.

        A ? at the end is refused: it may be meant as a wildcard, or close a question.
        """
        text = piece.text
        if self.manner is Manner.CASED:
            raise piece.error(f"case: takes words and phrases, without wildcards: {piece.shown!r}")
        if not any(char.isalnum() for char in text):
            raise no_word(piece)
        if text.endswith("?") and not is_pattern(text.rstrip("?")):
            word = text.rstrip("?")
            raise piece.error(
                f"a ? at the end of a word: leave it out, or write {shown(word)}* for every word that begins so",
                *((word, f"{word}*") if word else ()),
            )
        pieces: list[str] = []
        last = 0
        for match in _WILDCARD.finditer(text):
            signs = "?" * match.group().count("?") + "*" * ("*" in match.group())
            pieces += [_literal(piece, last, match.start()), signs]
            last = match.end()
        pieces.append(_literal(piece, last, len(text)))
        folded = "".join(pieces)
        letters = sum(len(part) for part in pieces[::2])
        if not pieces[0] or letters < _FEWEST_LETTERS:
            raise piece.error(
                f"{piece.shown!r} would stand for too many words: a wildcard word begins with a letter and has at "
                f"least {_FEWEST_LETTERS} of them"
            )
        if len(pieces) // 2 > _MOST_WILDCARDS:
            raise piece.error(f"{piece.shown!r} has more than {_MOST_WILDCARDS} wildcards: leave some out")
        is_prefix = folded.endswith("*") and not is_pattern(folded[:-1])
        node = Prefix(self.fieldname, folded[:-1]) if is_prefix else Wildcard(self.fieldname, folded)
        return placed(node, piece.start, piece.end, text)

    def fuzzy(self, piece: Piece) -> Query:
        """Which node is word~, any word that is spelled almost like it?"""
        typed = piece.cut(0, piece.text.index("~"))
        if self.manner is not Manner.USUAL:
            raise piece.error(
                f"{self.manner.value}: takes a word as it is, and ~ asks for similar ones: leave one out", typed.text
            )
        analysis = _analyzed(typed, notes=False)
        if len(analysis) != 1 or (analysis.starts[0], analysis.ends[0]) != (0, len(typed.text)):
            raise piece.error(f"a ~ stands behind one word of letters and digits, and {typed.shown!r} is not one")
        if len(analysis.forms[0]) < _FEWEST_FUZZY_LETTERS:
            raise piece.error(
                f"{piece.shown!r} would stand for too many words: a word with ~ has at least {_FEWEST_FUZZY_LETTERS} "
                "letters"
            )
        return placed(Fuzzy(self.fieldname, analysis.forms[0]), piece.start, piece.end, typed.text)

    def _any_form(self, piece: Piece, analysis: Analysis, slop: int, *, stemmed: bool) -> Query:
        """The words in each form that closed compounds give them; as typed first."""
        words = tuple(zip(analysis.forms, analysis.positions, strict=True))
        surface = " ".join(piece.text[analysis.starts[0] : analysis.ends[-1]].split())
        if self.manner is Manner.CASED:
            literal = self._in_a_row(words, slop) if len(words) > 1 else Term(self.fieldname, words[0][0])
            return placed(_with_capitals(literal, cased_forms(piece.text, analysis)), piece.start, piece.end, surface)
        variants = [words] if slop > 1 or not self.compounds else self._variants(words)
        labels = [" ".join(form for form, _ in variant) for variant in variants]
        nodes = []
        for variant, surface_of_it in zip(variants, [surface, *labels[1:]], strict=True):
            node = self._in_a_row(variant, slop) if len(variant) > 1 else self._one(variant[0][0], piece, stemmed)
            nodes.append(placed(node, piece.start, piece.end, surface_of_it))
        return nodes[0] if len(nodes) == 1 else placed(Forms(nodes, labels), piece.start, piece.end, surface)

    def _variants(self, words: Words) -> list[Words]:
        """In which ways can the words be written, joining and splitting closed compounds?  As typed first."""
        sites = self._sites(words)[: _MOST_FORMS - 1]
        if 2 ** len(sites) > _MOST_FORMS:
            return [words, *(_replaced(words, (site,)) for site in sites)]
        variants = [words]
        for choice in range(1, 2 ** len(sites)):
            variants.append(_replaced(words, [site for bit, site in enumerate(sites) if choice >> bit & 1]))
        return variants

    def _sites(self, words: Words) -> list[Site]:
        """Where do closed compounds stand?  From left to right, the longest first, none within another."""
        sites: list[Site] = []
        index = 0
        while index < len(words):
            site = self._site(words, index)
            if site is not None:
                sites.append(site)
            index = index + 1 if site is None else site[1]
        return sites

    def _site(self, words: Words, start: int) -> Site | None:
        for end in range(min(len(words), start + _LONGEST_COMPOUND), start + 1, -1):
            parts = tuple(form for form, _ in words[start:end])
            adjacent = words[end - 1][1] - words[start][1] == end - 1 - start
            joined = "".join(parts)
            if adjacent and joined not in self.never_joined and self.compounds.get(joined) == parts:
                return start, end, (joined,)
        parts = self.compounds.get(words[start][0], ())
        return (start, start + 1, parts) if parts else None

    def _in_a_row(self, words: Words, slop: int) -> Query:
        forms, positions = zip(*words, strict=True)
        return Phrase(self.fieldname, forms, positions, slop)

    def _one(self, form: str, piece: Piece, stemmed: bool) -> Query:
        if not stemmed:
            return Term(self.fieldname, form)
        stems = dict.fromkeys(stem_term(form, language) for language in sorted(self.languages))
        terms = [Term("stems", stem) for stem in stems] or [Term("text", form)]
        return Word([placed(term, piece.start, piece.end) for term in terms], form)


def _with_capitals(literal: Query, forms: Sequence[str]) -> Query:
    """The node for `literal`, a Term or Phrase, in which the words stand in these cased forms."""
    if len(forms) == 1:
        return Cased(literal, Term(CASED, forms[0]))
    return Cased(literal, Phrase(CASED, forms, literal.offsets, literal.slop))


def _analyzed(piece: Piece, *, notes: bool = True) -> Analysis:
    # A bare [applause] is asked for as a word: only within quotes is a stage note passed over, as it is in speeches.
    analysis = analyze(piece.text) if notes else analyze(piece.text, ())
    if not analysis:
        raise no_word(piece)
    if len(analysis) > _MOST_WORDS:
        raise piece.error(f"a phrase of {len(analysis):,} words is too long: at most {_MOST_WORDS:,} are searched")
    return analysis


def _literal(piece: Piece, start: int, end: int) -> str:
    """The folded letters between two wildcards."""
    if start == end:
        return ""
    part = piece.cut(start, end)
    analysis = analyze(part.text, ())
    if len(analysis) != 1 or (analysis.starts[0], analysis.ends[0]) != (0, end - start):
        raise piece.error(f"a wildcard stands within one word of letters and digits, and {piece.shown!r} is not one")
    return analysis.forms[0]


def _replaced(words: Words, sites: Sequence[Site]) -> Words:
    """The words with these sites written the other way; what follows moves along."""
    result: list[tuple[str, int]] = []
    done = shift = 0
    for start, end, forms in sites:
        result += [(form, position + shift) for form, position in words[done:start]]
        first = words[start][1] + shift
        result += [(form, first + index) for index, form in enumerate(forms)]
        shift += len(forms) - (end - start)
        done = end
    result += [(form, position + shift) for form, position in words[done:]]
    return tuple(result)
