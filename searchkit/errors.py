"""What can go wrong, as one tree a program can catch and a person can act on.

    SearchkitError
    ├── QueryError         the query cannot be understood: start, end, suggestions   (exit 2)
    ├── QueryTimeout       an answer takes longer than whoever asks can wait         (exit 2)
    ├── UsageError         a call or an input asks for something impossible          (exit 2)
    ├── IndexMissing       there is no index at this place                           (exit 3)
    ├── IndexDamaged       an index is there, but a file of it is not as written     (exit 3)
    ├── IndexLocked        another builder holds the index                           (exit 4)
    └── BuildRefused       the build would do harm and was not started or published  (exit 5)

Every message says what to do. `exit_status` is the status of the command line; `code` is its stable name in JSON.
"""

from __future__ import annotations

__all__ = [
    "BuildRefused",
    "IndexDamaged",
    "IndexLocked",
    "IndexMissing",
    "QueryError",
    "QueryTimeout",
    "SearchkitError",
    "UsageError",
]


class SearchkitError(Exception):
    """Is the parent of every error that searchkit raises on purpose."""

    exit_status = 2
    code = "error"


class QueryError(SearchkitError):
    """Says where a query cannot be understood, and what may have been meant.

    `start` and `end` are code point offsets into the query text; `suggestions` are whole replacements
    for `query[start:end]`, likeliest first.
    """

    code = "query"

    def __init__(
        self,
        message: str,
        *,
        query: str = "",
        start: int = 0,
        end: int = 0,
        suggestions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(message)
        self.query = query
        self.start = start
        self.end = end
        self.suggestions = suggestions

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions with keyword-only arguments do not pickle by themselves, and errors cross process borders.
        state = {key: getattr(self, key) for key in ("query", "start", "end", "suggestions")}
        return (type(self), (str(self),), state)


class QueryTimeout(SearchkitError):
    """Says that an answer would take longer than whoever asks is willing to wait."""

    code = "timeout"


class UsageError(SearchkitError):
    """Says that a call or an input file asks for something that cannot be done as asked."""

    code = "usage"


class IndexMissing(SearchkitError):
    """Says that no index stands at a place, with its absolute path."""

    exit_status = 3
    code = "index-missing"


class IndexDamaged(SearchkitError):
    """Says which file of an index is not as it was written."""

    exit_status = 3
    code = "index-damaged"


class IndexLocked(SearchkitError):
    """Says who builds the index at this moment, and since when."""

    exit_status = 4
    code = "index-locked"


class BuildRefused(SearchkitError):
    """Says why a build was refused; the live index is as it was."""

    exit_status = 5
    code = "build-refused"
