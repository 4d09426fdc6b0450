"""What stands behind a colon: values of fields, words said, words as they are, bounds of a period, the order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from searchkit.query.combining import Part, PartKind
from searchkit.query.nodes import DateWithin, placed
from searchkit.query.parsed import GROUPS, SORTS
from searchkit.query.periods import read_point
from searchkit.query.pieces import Piece
from searchkit.query.tokens import Lexer, Token, TokenKind
from searchkit.query.values import Reading, field_named
from searchkit.query.words import Manner
from searchkit.schema import Field, FieldKind

__all__ = ["SETTINGS", "ColonReader", "Scope"]

_DEEPEST = 50
_BOUNDS = ("from", "to")
_MANNERS = {manner.value: manner for manner in (Manner.EXACT, Manner.CASED)}
_SAID = "said"
SETTINGS = {"sort": SORTS, "group": GROUPS}
_SAYS = {"sort": "orders", "group": "groups"}
_NO_VALUE = (
    TokenKind.AND,
    TokenKind.OR,
    TokenKind.NOT,
    TokenKind.CLOSE,
    TokenKind.END,
    TokenKind.FIELD,
    TokenKind.NEAR,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in the query we are: how deep in brackets, and behind which field."""

    depth: int = 0
    field: Field | None = None
    exact: bool = False
    manner: Manner = Manner.USUAL
    """How closely words are meant: behind case: or exact:, or everywhere in a literal query."""
    prefix: str | None = None
    """The said:, case: or exact: behind which we are."""

    @property
    def opened_by(self) -> str | None:
        """Which field or prefix holds these brackets?"""
        return self.field.name if self.field is not None else self.prefix

    def deeper(self, bracket: Piece) -> Scope:
        if self.depth == _DEEPEST:
            raise bracket.error(f"brackets are nested more than {_DEEPEST} deep: leave some out")
        return replace(self, depth=self.depth + 1)


class ColonReader:
    """The part of the parser that reads `name:value`; the rest of it reads what values are made of."""

    _reading: Reading
    _lexer: Lexer
    _settings: dict[str, str]
    """What sort: and group: say."""

    def _group(self, bracket: Piece, scope: Scope) -> Part:
        raise NotImplementedError

    def _phrase(self, token: Token, scope: Scope) -> Part:
        raise NotImplementedError

    def _word(self, piece: Piece, scope: Scope) -> Part:
        raise NotImplementedError

    def _field(self, token: Token, scope: Scope) -> Part | None:
        name = token.inside.text.lower()
        if scope.opened_by is not None and not (scope.opened_by == _SAID and name in _MANNERS):
            raise token.piece.error(
                f"{token.inside.shown}: stands within the brackets of {scope.opened_by}:, move it out"
            )
        if name == _SAID or name in _MANNERS:
            return self._prefixed(token, name, scope)
        if name in SETTINGS:
            self._set(token, name, scope)
            return None
        if name in _BOUNDS:
            return self._bound(token, name)
        field = field_named(token.inside, self._reading.profile)
        part = self._field_value(token, replace(scope, field=field, exact=token.exact))
        kind = PartKind.QUOTING if field.name == "quoting" else PartKind.PLAIN
        return replace(part, piece=token.piece.to(part.piece), run=None, kind=kind)

    def _prefixed(self, token: Token, name: str, scope: Scope) -> Part:
        """The words behind said:, case: or exact:, which are words of the text."""
        if token.exact:
            raise token.piece.error(f"{name}: takes no =, it is not a field with exact values", f"{name}:")
        manner = _MANNERS.get(name, scope.manner)
        part = self._field_value(token, replace(scope, manner=manner, prefix=name))
        kind = PartKind.SAID if name == _SAID else PartKind.PLAIN
        return replace(part, piece=token.piece.to(part.piece), run=None, kind=kind)

    def _field_value(self, token: Token, scope: Scope) -> Part:
        raw = None if scope.field is None else self._raw_value(scope.field)
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

    def _set(self, token: Token, name: str, scope: Scope) -> None:
        """sort:newest and group:copies, which match nothing but say how the answer is wanted."""
        if scope.depth:
            raise token.piece.error(f"{name}: {_SAYS[name]} the whole answer: put it outside of all brackets")
        value = self._value_token(token)
        chosen, known = value.inside.text.lower(), SETTINGS[name]
        if chosen not in known or value.distance > 1 or token.exact:
            import difflib

            near = difflib.get_close_matches(chosen, known, n=1)
            one = f"one of {', '.join(known)}" if len(known) > 1 else known[0]
            raise value.piece.error(f"{name}: is {one}, not {value.inside.shown!r}", *(near or known))
        if name in self._settings:
            raise token.piece.to(value.piece).error(f"{name}: is given twice: leave one out")
        self._settings[name] = chosen
