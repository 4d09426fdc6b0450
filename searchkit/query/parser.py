"""parse: query text -> a tree of nodes, what else the text asks for, and how it was understood.

    alternatives  = conjunction (OR conjunction)*
    conjunction   = clause (AND? clause)*
    clause        = (NOT | -)? (group | phrase | word | range | field value)

AND binds tighter than OR.  Strict: nothing is dropped or rewritten; what cannot be understood is a QueryError that
points at its place.
"""

from __future__ import annotations

import datetime
import difflib
from dataclasses import dataclass, replace

from searchkit.errors import QueryError
from searchkit.query.combining import Part, either, in_tiers, refuse_disjoint_dates
from searchkit.query.nodes import DateWithin, Query, placed
from searchkit.query.parsed import SORTS, Clause, Parsed
from searchkit.query.periods import looks_like_range, read_period, read_point
from searchkit.query.pieces import Piece
from searchkit.query.profile import Profile
from searchkit.query.readback import describe
from searchkit.query.tokens import Lexer, Token, TokenKind
from searchkit.query.values import Reading, Value, field_named, read_value, refuse_signs
from searchkit.query.words import is_pattern
from searchkit.schema import Field, FieldKind

__all__ = ["parse"]

_LONGEST_QUERY = 10_000
_DEEPEST = 50
_MOST_CLAUSES = 1_000
_EMPTY = 'the query is empty: give a word, a "phrase" or a filter such as speaker:aliyev'
_ORDER_ALONE = 'there is nothing to search for besides the order: give a word, a "phrase" or a filter'
_BOUNDS = ("from", "to")
_NO_VALUE = (TokenKind.AND, TokenKind.OR, TokenKind.NOT, TokenKind.CLOSE, TokenKind.END, TokenKind.FIELD)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where in the query we are: how deep in brackets, and behind which field."""

    depth: int = 0
    field: Field | None = None
    exact: bool = False

    def deeper(self, bracket: Piece) -> _Scope:
        if self.depth == _DEEPEST:
            raise bracket.error(f"brackets are nested more than {_DEEPEST} deep: leave some out")
        return replace(self, depth=self.depth + 1)


def parse(text: str, profile: Profile, *, phrase: bool = False, today: datetime.date | None = None) -> Parsed:
    """What does the query `text` ask for?

    With `phrase` the whole text is one literal phrase, and nothing in it is a field or an operator.  `today` is the
    day from which `yesterday` is counted.  Raises QueryError where the text cannot be understood.
    """
    whole = Piece(text, 0, len(text))
    if not text.strip():
        raise whole.error(_EMPTY)
    if len(text) > _LONGEST_QUERY:
        raise Piece(text, _LONGEST_QUERY, len(text)).error(
            f"the query has {len(text):,} characters; at most {_LONGEST_QUERY:,} are read"
        )
    reading = Reading(profile, today or datetime.date.today())
    if phrase:
        query = reading.wording().phrase(whole)
        return Parsed(text, query, describe(query), None, (Clause(query, 0, len(text), text),))
    return _Parser(text, reading).parsed()


class _Parser:
    """Reads one query by recursive descent; each level of brackets is one level of recursion."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text = text
        self._reading = reading
        self._lexer = Lexer(text)
        self._sort: str | None = None
        self._clauses = 0

    def parsed(self) -> Parsed:
        """What does the whole text ask for?"""
        conjunctions = self._alternatives(_Scope())
        surplus = self._lexer.take()
        if surplus.kind is not TokenKind.END:
            raise surplus.piece.error("this bracket closes none: leave it out, or quote it")
        phrase: Query | None = None
        if len(conjunctions) == 1:
            parts = conjunctions[0]
            query, phrase = in_tiers(parts, self._reading.wording())
            clauses = tuple(Clause(part.alone(), part.piece.start, part.piece.end, part.piece.text) for part in parts)
        else:
            query = either(conjunctions)
            clauses = (Clause(query, 0, len(self._text), self._text),)
        return Parsed(self._text, query, describe(query, self._sort), self._sort, clauses, phrase)

    def _alternatives(self, scope: _Scope) -> list[list[Part]]:
        """The conjunctions that OR joins, up to a closing bracket or the end."""
        conjunctions = [self._conjunction(scope)]
        while self._lexer.peek().kind is TokenKind.OR:
            operator = self._lexer.take()
            if not conjunctions[-1]:
                raise _dangling(operator, "before")
            conjunctions.append(self._conjunction(scope))
            if not conjunctions[-1]:
                raise _dangling(operator, "behind")
        if not conjunctions[0]:
            self._refuse_nothing()
        return conjunctions

    def _refuse_nothing(self) -> None:
        end = self._lexer.peek()
        if end.kind is TokenKind.CLOSE:
            raise end.piece.error("there is nothing before this closing bracket: leave it out")
        raise Piece(self._text, 0, len(self._text)).error(_EMPTY if self._sort is None else _ORDER_ALONE)

    def _conjunction(self, scope: _Scope) -> list[Part]:
        parts: list[Part] = []
        joint: Token | None = None
        run = 0
        while (token := self._lexer.peek()).kind not in (TokenKind.OR, TokenKind.CLOSE, TokenKind.END):
            if token.kind is TokenKind.AND:
                if joint is not None or not parts:
                    raise _dangling(token, "before")
                joint = self._lexer.take()
                run += 1
                continue
            part = self._clause(scope)
            if part is None:
                run += 1
                continue
            if part.run is None:
                run += 1
            else:
                part = replace(part, run=run)
            parts.append(part)
            joint = None
        if joint is not None:
            raise _dangling(joint, "behind")
        refuse_disjoint_dates(parts)
        return parts

    def _clause(self, scope: _Scope) -> Part | None:
        """One clause; None for `sort:`, which asks for an order and matches nothing."""
        token = self._lexer.peek()
        self._clauses += 1
        if self._clauses > _MOST_CLAUSES:
            raise token.piece.error(f"more than {_MOST_CLAUSES:,} clauses: a long text is searched as one phrase (-p)")
        if token.kind is not TokenKind.NOT:
            return self._primary(scope)
        self._lexer.take()
        following = self._lexer.peek()
        if following.kind in (TokenKind.AND, TokenKind.OR, TokenKind.CLOSE, TokenKind.END):
            raise _dangling(token, "behind")
        if following.kind is TokenKind.NOT:
            raise token.piece.to(following.piece).error("two negations in a row: leave out both, or one")
        part = self._primary(scope)
        if part is None:
            raise token.piece.error("sort: gives an order, which cannot be excluded: leave this out")
        return replace(part, piece=token.piece.to(part.piece), excluded=True, run=None)

    def _primary(self, scope: _Scope) -> Part | None:
        token = self._lexer.take()
        if token.kind is TokenKind.OPEN:
            return self._group(token.piece, scope)
        if token.kind is TokenKind.FIELD:
            return self._field(token, scope)
        if token.kind is TokenKind.PHRASE:
            return self._phrase(token, scope)
        return self._word(token.piece, scope)

    def _group(self, bracket: Piece, scope: _Scope) -> Part:
        inner = scope.deeper(bracket)
        following = self._lexer.peek()
        if following.kind is TokenKind.CLOSE:
            raise bracket.to(following.piece).error("there is nothing in these brackets: leave them out")
        if following.kind is TokenKind.END:
            raise bracket.error("this bracket is never closed: add ) or leave it out")
        conjunctions = self._alternatives(inner)
        end = self._lexer.take()
        if end.kind is not TokenKind.CLOSE:
            raise bracket.error("this bracket is never closed: add ) where the group ends")
        return Part(either(conjunctions), bracket.to(end.piece))

    def _phrase(self, token: Token, scope: _Scope) -> Part:
        if scope.field is not None:
            value = Value(token.inside, quoted=True, exact=scope.exact, slop=token.distance)
            return Part(read_value(scope.field, value, self._reading), token.piece)
        return Part(self._reading.wording().phrase(token.inside, token.distance), token.piece)

    def _word(self, piece: Piece, scope: _Scope) -> Part:
        if scope.field is not None:
            return Part(read_value(scope.field, Value(piece, exact=scope.exact), self._reading), piece)
        if looks_like_range(piece.text):
            period = read_period(piece, self._reading.today)
            return Part(placed(DateWithin(period.first, period.last), piece.start, piece.end), piece)
        refuse_signs(piece)
        wording = self._reading.wording()
        if is_pattern(piece.text):
            return Part(wording.pattern(piece), piece)
        return Part(wording.bare(piece), piece, run=0)

    # -- what stands behind a colon ------------------------------------------------------------------------------------

    def _field(self, token: Token, scope: _Scope) -> Part | None:
        if scope.field is not None:
            raise token.piece.error(
                f"{token.inside.shown}: stands within the brackets of {scope.field.name}:, move it out"
            )
        name = token.inside.text.lower()
        if name == "sort":
            self._order(token, scope)
            return None
        if name in _BOUNDS:
            return self._bound(token, name)
        field = field_named(token.inside, self._reading.profile)
        part = self._field_value(token, replace(scope, field=field, exact=token.exact))
        return replace(part, piece=token.piece.to(part.piece), run=None)

    def _field_value(self, token: Token, scope: _Scope) -> Part:
        assert scope.field is not None
        raw = self._raw_value(scope.field)
        if raw is not None and raw.text:
            return self._word(raw, scope)
        following = self._value_token(token)
        if following.kind is TokenKind.PHRASE:
            return self._phrase(following, scope)
        if following.kind is TokenKind.OPEN:
            return self._group(following.piece, scope)
        return self._word(following.piece, scope)

    def _raw_value(self, field: Field) -> Piece | None:
        """The value as it stands, for fields whose values hold brackets and colons of their own."""
        if field.kind is FieldKind.DATE:
            return self._lexer.bracketed()
        if field.kind is FieldKind.KEY and not self._lexer.at_quote() and not self._lexer.at_group():
            return self._lexer.raw()
        return None

    def _value_token(self, token: Token) -> Token:
        name = token.inside.shown
        minus = self._lexer.minus()
        if minus is not None:
            raise token.piece.to(minus).error(
                f"to exclude, put the minus before the field: -{name}:", f"-{token.piece.text}"
            )
        following = self._lexer.peek()
        if following.kind in _NO_VALUE:
            raise token.piece.error(
                f'{name}: has no value: write {name}:word or {name}:"several words"; to search for the word itself, '
                f'quote it: "{name}"',
                f'"{token.inside.text}"',
            )
        return self._lexer.take()

    def _bound(self, token: Token, name: str) -> Part:
        value = self._value_token(token)
        if value.kind is TokenKind.OPEN or value.distance > 1 or token.exact:
            raise token.piece.to(value.piece).error(f"{name}: takes one date, as in {name}:2008-07")
        first, last = read_point(value.inside, self._reading.today)
        node = DateWithin(first, None) if name == "from" else DateWithin(None, last)
        piece = token.piece.to(value.piece)
        return Part(placed(node, piece.start, piece.end), piece)

    def _order(self, token: Token, scope: _Scope) -> None:
        if scope.depth:
            raise token.piece.error("sort: orders the whole answer: put it outside of all brackets")
        value = self._value_token(token)
        order = value.inside.text.lower()
        if order not in SORTS or value.distance > 1 or token.exact:
            near = difflib.get_close_matches(order, SORTS, n=1)
            raise value.piece.error(f"sort: is one of {', '.join(SORTS)}, not {value.inside.shown!r}", *(near or SORTS))
        if self._sort is not None:
            raise token.piece.to(value.piece).error("sort: is given twice: leave one out")
        self._sort = order


def _dangling(operator: Token, side: str) -> QueryError:
    sign = operator.piece.text
    word = f'; to search for the word, quote it: "{sign.lower()}"' if sign.isalpha() else ""
    suggestions = (f'"{sign.lower()}"',) if sign.isalpha() else ()
    return operator.piece.error(f"{sign} has nothing {side} it{word}", *suggestions)
