"""Filters that stand beside the query text: `where` values, --speaker, --from, --to.

Values of `where` are never parsed; what people give to an option is read as the same words would be in a query.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from searchkit.query.nodes import DateWithin, NoValue, Or, Query, Term
from searchkit.query.periods import read_point
from searchkit.query.pieces import Piece
from searchkit.query.profile import Profile
from searchkit.query.values import Reading, Value, read_value
from searchkit.schema import Field, FieldKind, exact_name

__all__ = ["date_filter", "filter_query", "name_filter"]


def filter_query(field: Field, values: Sequence[str | None]) -> Query:
    """Which speeches have one of these exact values in `field`?  None stands for: no value at all.

    Raises QueryError for a field that has no exact values, and ValueError without any value.
    """
    if not values:
        raise ValueError(f"a filter on {field.name} needs at least one value")
    if field.kind is FieldKind.WORDS:
        text = next((value for value in values if value is not None), "")
        raise Piece(text, 0, len(text)).error(
            f'{field.name} has no exact values to filter by: search for its words, as in {field.name}:"two words"'
        )
    name = exact_name(field.name) if field.facet else field.name
    return _any([NoValue(name) if value is None else Term(name, value) for value in values])


def name_filter(field: Field, texts: Sequence[str], profile: Profile | None = None) -> Query:
    """Which speeches have the words of one of `texts` in `field`?  Each is read as field:"text" in a query.

    Raises QueryError where the field cannot be asked so, and ValueError without any text.
    """
    if not texts:
        raise ValueError(f"a filter on {field.name} needs at least one text")
    reading = Reading(profile or Profile(), datetime.date.today())
    return _any([_named(field, Piece(text, 0, len(text)), reading) for text in texts])


def date_filter(
    from_: str | None = None, to: str | None = None, *, today: datetime.date | None = None
) -> DateWithin | None:
    """Which speeches have their whole date from the start of `from_` to the end of `to`?

    None leaves an end open; without either there is no filter: None.  Raises QueryError where a text is no date or
    the period runs backwards.
    """
    if from_ is None and to is None:
        return None
    today = today or datetime.date.today()
    first = None if from_ is None else read_point(Piece(from_, 0, len(from_)), today)[0]
    last = None if to is None else read_point(Piece(to, 0, len(to)), today)[1]
    if first is not None and last is not None and first > last:
        text = f"{from_}..{to}"
        raise Piece(text, 0, len(text)).error(f"the period runs backwards: {from_} is after {to}", f"{to}..{from_}")
    return DateWithin(first, last)


def _named(field: Field, piece: Piece, reading: Reading) -> Query:
    if not piece.text.strip():
        raise piece.error(f"the filter on {field.name} is empty: give a name, or leave it out")
    return read_value(field, Value(piece, quoted=True), reading)


def _any(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Or(list(queries))
