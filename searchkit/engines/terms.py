"""Under which terms does an index hold a speech?  The one mapping from Speech to fields, shared by the engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from searchkit.analysis import PARAGRAPH_GAP, Analysis, Compound, analyze, fold_value
from searchkit.engines.names import latin_forms
from searchkit.models import Interval, Speech
from searchkit.query import Profile, words_within
from searchkit.schema import Field, FieldKind, exact_name

__all__ = ["Hyphenation", "SpeechTerms", "Tokens", "field_values", "name_tokens", "terms_of"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The terms of one field of one speech, with their positions: parallel lists."""

    terms: list[str]
    positions: list[int]


@dataclass(frozen=True, slots=True)
class SpeechTerms:
    """Everything that a query may ask of one speech."""

    analysis: Analysis
    """Of the speech's text."""
    tokens: dict[str, Tokens]
    """Field -> terms with positions: text, stems, title, event, and the words of names."""
    values: dict[str, tuple[str, ...]]
    """Field -> whole values: keys, folded values, flags, and exact values under `exact_name`."""
    length: int
    """Words of the text."""
    quotes: tuple[Interval, ...]
    """For each quote the positions of its first and its last word; (0, -1) for one without a word."""


def field_values(speech: Speech, field: Field) -> tuple[str, ...]:
    """Which exact values has `speech` in `field`?  None of them empty, each once."""
    if field.own:
        values: object = tuple(value for key, value in speech.extras if key == field.name)
    elif field.name == "speaker":
        values = speech.speakers
    elif field.kind is FieldKind.FLAG:
        values = "yes" if getattr(speech, field.name) else "no"
    else:
        values = getattr(speech, field.name)
    listed = values if isinstance(values, tuple) else (values,)
    return tuple(dict.fromkeys(value for value in listed if value))


def terms_of(speech: Speech, fields: tuple[Field, ...]) -> SpeechTerms:
    """Under which terms do engines hold `speech` in an index with `fields`?"""
    analysis = analyze(speech.text, speech.notes)
    tokens = {
        "text": Tokens(analysis.forms, analysis.positions),
        "stems": Tokens(analysis.stems(speech.language), analysis.positions),
    }
    values: dict[str, tuple[str, ...]] = {}
    for field in fields:
        exact = field_values(speech, field)
        if field.facet:
            values[exact_name(field.name)] = exact
        if field.kind is FieldKind.NAMES:
            names = (*exact, speech.label) if field.name == "speaker" and speech.label else exact
            tokens[field.name] = name_tokens(names)
        elif field.kind is FieldKind.WORDS and field.name != "text":
            words = analyze(" ".join(exact), ())
            tokens[field.name] = Tokens(words.forms, words.positions)
        elif field.kind is FieldKind.VALUE:
            values[field.name] = tuple(dict.fromkeys(fold_value(value) for value in exact))
        elif field.kind in (FieldKind.KEY, FieldKind.FLAG, FieldKind.DATE):
            values[field.name] = exact
    quotes = tuple(words_within(analysis, quote.start, quote.end) for quote in speech.quotes)
    return SpeechTerms(analysis, tokens, values, len(analysis), quotes)


def name_tokens(names: Iterable[str]) -> Tokens:
    """Which terms have several names?  So far apart that no phrase runs from one into the next."""
    terms: list[str] = []
    positions: list[int] = []
    base = 0
    for name in dict.fromkeys(names):
        words = analyze(name, ())
        terms += words.forms
        positions += [base + position for position in words.positions]
        base = (positions[-1] if positions else 0) + PARAGRAPH_GAP
    return Tokens(terms, positions)


_RAREST_HYPHENATION = 0.01
"""A compound is hyphenated in at least this share of the speeches that join it; rarer is a misprint ("in-come")."""


class Hyphenation:
    """Collects the hyphenated compounds of a corpus while speeches are added."""

    def __init__(self, speeches: Mapping[Compound, int] | None = None) -> None:
        """`speeches`: how many have each compound, as far as they are counted already."""
        self._speeches: Counter[Compound] = Counter(speeches)

    def add(self, analysis: Analysis) -> None:
        """Take in the compounds of one speech."""
        self._speeches.update(analysis.compounds)

    def profile(
        self,
        fields: tuple[Field, ...],
        languages: Iterable[str],
        holding: Callable[[str], int],
        names: Mapping[str, int],
    ) -> Profile:
        """Which profile has the corpus, if `holding` tells how many speeches hold a literal form?

        `names` tells how many have a name in other letters than plain Latin ones (see names.py), as it is written.
        Of two ways to split one joined form ("no-where", "now-here") the more frequent stays.
        """
        compounds: dict[str, tuple[str, ...]] = {}
        never_joined: set[str] = set()
        for (joined, parts), count in sorted(self._speeches.items(), key=lambda item: (-item[1], item[0])):
            joining = holding(joined)
            if joined not in compounds and count >= _RAREST_HYPHENATION * joining:
                compounds[joined] = parts
                if not joining:
                    never_joined.add(joined)
        return Profile(fields, frozenset(languages), compounds, frozenset(never_joined), latin_forms(names, holding))
