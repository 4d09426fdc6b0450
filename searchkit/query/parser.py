"""parse: query text -> a tree of nodes, what else the text asks for, and how it was understood.

    alternatives  = conjunction (OR conjunction)*
    conjunction   = clause (AND? clause)*
    clause        = (NOT | -)? primary (NEAR/n primary)*
    primary       = group | phrase | word | range | field value

NEAR binds tighter than AND, AND tighter than OR.  Strict: nothing is dropped or rewritten; what cannot be understood is
a QueryError that points at its place.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from searchkit.errors import QueryError
from searchkit.query.colons import ColonReader, Scope
from searchkit.query.combining import Part, either, in_one_quote, in_tiers, refuse_disjoint_dates
from searchkit.query.nearness import near
from searchkit.query.nodes import DateWithin, Query, placed
from searchkit.query.parsed import Clause, Parsed
from searchkit.query.periods import looks_like_range, read_period
from searchkit.query.pieces import Piece
from searchkit.query.profile import Profile
from searchkit.query.readback import describe
from searchkit.query.tokens import Lexer, Token, TokenKind
from searchkit.query.values import Reading, Value, read_value, refuse_signs
from searchkit.query.words import Manner, Wording, is_fuzzy, is_pattern

__all__ = ["parse"]

_LONGEST_QUERY = 10_000
_MOST_CLAUSES = 1_000
_EMPTY = 'the query is empty: give a word, a "phrase" or a filter such as speaker:aliyev'
_ORDER_ALONE = 'there is nothing to search for besides the order: give a word, a "phrase" or a filter'
_NO_OPERAND = (TokenKind.AND, TokenKind.OR, TokenKind.CLOSE, TokenKind.END, TokenKind.NEAR)


def parse(
    text: str,
    profile: Profile,
    *,
    phrase: bool = False,
    literal: bool = False,
    today: datetime.date | None = None,
) -> Parsed:
    """What does the query `text` ask for?

    With `phrase` the whole text is one literal phrase, and nothing in it is a field or an operator.  With `literal`
    every word of the text stands as if behind exact:.  `today` is the day from which `yesterday` is counted.  Raises
    QueryError where the text cannot be understood.
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
        query = reading.wording(manner=_manner(literal)).phrase(whole)
        return Parsed(text, query, describe(query), clauses=(Clause(query, 0, len(text), text),))
    return _Parser(text, reading, Scope(manner=_manner(literal))).parsed()


def _manner(literal: bool) -> Manner:
    return Manner.EXACT if literal else Manner.USUAL


class _Parser(ColonReader):
    """Reads one query by recursive descent; each level of brackets is one level of recursion."""

    def __init__(self, text: str, reading: Reading, outermost: Scope) -> None:
        self._text = text
        self._reading = reading
        self._outermost = outermost
        self._lexer = Lexer(text)
        self._settings: dict[str, str] = {}
        self._clauses = 0

    def parsed(self) -> Parsed:
        """What does the whole text ask for?"""
        conjunctions = self._alternatives(self._outermost)
        surplus = self._lexer.take()
        if surplus.kind is not TokenKind.END:
            raise surplus.piece.error("this bracket closes none: leave it out, or quote it")
        phrase: Query | None = None
        if len(conjunctions) == 1:
            parts = conjunctions[0]
            query, phrase = in_tiers(parts, self._wording(self._outermost))
            clauses = tuple(Clause(part.alone(), part.piece.start, part.piece.end, part.piece.text) for part in parts)
        else:
            query = either(conjunctions)
            clauses = (Clause(query, 0, len(self._text), self._text),)
        sort, group = self._settings.get("sort"), self._settings.get("group")
        return Parsed(self._text, query, describe(query, sort, group), sort, group, clauses, phrase)

    def _alternatives(self, scope: Scope) -> list[list[Part]]:
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
        raise Piece(self._text, 0, len(self._text)).error(_ORDER_ALONE if self._settings else _EMPTY)

    def _conjunction(self, scope: Scope) -> list[Part]:
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
        return in_one_quote(parts)

    def _clause(self, scope: Scope) -> Part | None:
        """One clause; None for `sort:`, which asks for an order and matches nothing."""
        token = self._lexer.peek()
        self._clauses += 1
        if self._clauses > _MOST_CLAUSES:
            raise token.piece.error(f"more than {_MOST_CLAUSES:,} clauses: a long text is searched as one phrase (-p)")
        if token.kind is not TokenKind.NOT:
            return self._nearness(scope)
        self._lexer.take()
        following = self._lexer.peek()
        if following.kind in _NO_OPERAND:
            raise _dangling(token, "behind")
        if following.kind is TokenKind.NOT:
            raise token.piece.to(following.piece).error("two negations in a row: leave out both, or one")
        part = self._nearness(scope)
        if part is None:
            raise token.piece.error(
                f"{following.inside.text.lower()}: says how the answer is wanted, which cannot be excluded: "
                "leave this out"
            )
        return replace(part, piece=token.piece.to(part.piece), excluded=True, run=None)

    def _nearness(self, scope: Scope) -> Part | None:
        """One primary, or several that NEAR joins, from left to right."""
        part = self._primary(scope)
        while self._lexer.peek().kind is TokenKind.NEAR:
            operator = self._lexer.take()
            if part is None or self._lexer.peek().kind in _NO_OPERAND:
                raise _dangling(operator, "before" if part is None else "behind")
            if self._lexer.peek().kind is TokenKind.NOT:
                raise self._lexer.take().piece.error("NEAR joins what is there: nothing behind it can be excluded")
            other = self._primary(scope)
            if other is None:
                raise _dangling(operator, "behind")
            part = near(part, other, operator.piece, operator.distance)
        return part

    def _primary(self, scope: Scope) -> Part | None:
        token = self._lexer.take()
        if token.kind is TokenKind.NEAR:
            raise _dangling(token, "before")
        if token.kind is TokenKind.OPEN:
            return self._group(token.piece, scope)
        if token.kind is TokenKind.FIELD:
            return self._field(token, scope)
        if token.kind is TokenKind.PHRASE:
            return self._phrase(token, scope)
        return self._word(token.piece, scope)

    def _group(self, bracket: Piece, scope: Scope) -> Part:
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

    def _phrase(self, token: Token, scope: Scope) -> Part:
        if scope.field is not None:
            value = Value(token.inside, quoted=True, exact=scope.exact, slop=token.distance)
            return Part(read_value(scope.field, value, self._reading), token.piece)
        return Part(self._wording(scope).phrase(token.inside, token.distance), token.piece)

    def _word(self, piece: Piece, scope: Scope) -> Part:
        if scope.field is not None:
            return Part(read_value(scope.field, Value(piece, exact=scope.exact), self._reading), piece)
        if looks_like_range(piece.text) and scope.prefix is None:
            period = read_period(piece, self._reading.today)
            return Part(placed(DateWithin(period.first, period.last), piece.start, piece.end), piece)
        wording = self._wording(scope)
        if is_fuzzy(piece.text):
            return Part(wording.fuzzy(piece), piece)
        refuse_signs(piece)
        if is_pattern(piece.text):
            return Part(wording.pattern(piece), piece)
        return Part(wording.bare(piece), piece, run=0)

    def _wording(self, scope: Scope) -> Wording:
        return self._reading.wording(manner=scope.manner)


def _dangling(operator: Token, side: str) -> QueryError:
    sign = operator.piece.text
    if not sign[0].isalpha():
        return operator.piece.error(f"{sign} has nothing {side} it")
    word = f'"{operator.kind.value.lower()}"'
    return operator.piece.error(f"{sign} has nothing {side} it; to search for the word, quote it: {word}", word)
