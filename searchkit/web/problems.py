"""What a client is told when something goes wrong: one shape (RFC 9457, problem+json), a status that fits, no trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from searchkit.errors import IndexDamaged, IndexMissing, QueryError, QueryTimeout, SearchkitError, UsageError

__all__ = ["Busy", "NotFound", "Problem", "problem_of"]

_STATUS: tuple[tuple[type[SearchkitError], HTTPStatus], ...] = (
    (QueryError, HTTPStatus.BAD_REQUEST),
    (UsageError, HTTPStatus.BAD_REQUEST),
    (QueryTimeout, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexMissing, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexDamaged, HTTPStatus.SERVICE_UNAVAILABLE),
)
_NOT_FOR_STRANGERS = (IndexMissing, IndexDamaged)
"""Their messages name paths of this machine."""


class NotFound(SearchkitError):
    """Says that nothing stands under this address, and what is near."""

    code = "not-found"


class Busy(SearchkitError):
    """Says that too many ask at once."""

    code = "busy"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong, as a client is told of it."""

    status: HTTPStatus
    code: str
    detail: str
    pointed: Mapping[str, object] = field(default_factory=dict)
    """For a query: its text, `start` and `end` of the place (code points), `suggestions`."""

    def json(self) -> dict[str, object]:
        """The problem as RFC 9457 has it."""
        return {
            "type": f"about:blank#{self.code}",
            "title": self.status.phrase,
            "status": int(self.status),
            "code": self.code,
            "detail": self.detail,
            **self.pointed,
        }

    @property
    def headers(self) -> dict[str, str]:
        """What else a client must know: when to come back."""
        return {"Retry-After": "2"} if self.status is HTTPStatus.SERVICE_UNAVAILABLE else {}


def problem_of(error: SearchkitError) -> Problem:
    """How is `error` told to a client?"""
    if isinstance(error, NotFound):
        return Problem(HTTPStatus.NOT_FOUND, error.code, str(error))
    if isinstance(error, Busy):
        return Problem(HTTPStatus.SERVICE_UNAVAILABLE, error.code, str(error))
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    if isinstance(error, _NOT_FOR_STRANGERS):
        return Problem(status, error.code, "the index cannot be read at the moment; its keeper finds more in the log")
    if isinstance(error, QueryError):
        pointed = {"query": error.query, "start": error.start, "end": error.end, "suggestions": [*error.suggestions]}
        return Problem(status, error.code, str(error), pointed)
    return Problem(status, error.code, str(error))
