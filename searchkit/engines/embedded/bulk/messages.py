"""What a build and the processes that write its speeches tell each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, NoReturn

from searchkit.errors import BuildRefused
from searchkit.models import Speech
from searchkit.processes import send
from searchkit.schema import Field

__all__ = ["ENDED", "Failed", "Job", "failures_told", "packed"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a writing process has to do."""

    directory: Path
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a writing process gave up."""

    error: OSError | None
    """What the disk did not do, if it was that."""
    reason: str

    def tell(self) -> NoReturn:
        """Raise it, where the build is."""
        raise self.error or BuildRefused(f"nothing was published: {self.reason}")


ENDED = "a process that writes the index was ended; is there memory enough?"
"""The reason of a process that could give none."""
_NO_MEMORY = "there is not enough memory; raise --memory"
"""The reason of a process that had too little of it."""
_PACKED = attrgetter(*(field.name for field in fields(Speech)))


@contextmanager
def failures_told(answers: IO[bytes]) -> Iterator[None]:
    """Answer with Failed whatever goes wrong in the block; a build that is gone is told nothing."""
    try:
        yield
    except (EOFError, BrokenPipeError):
        return
    except OSError as error:
        send(answers, Failed(OSError(error.errno, error.strerror, error.filename), str(error)))
    except MemoryError:
        send(answers, Failed(None, _NO_MEMORY))
    except Exception as error:
        send(answers, Failed(None, f"{type(error).__name__}: {error}"))


def packed(speech: Speech) -> tuple[Any, ...]:
    """A speech as it travels: a plain tuple is packed and unpacked three times as fast as the object."""
    values: tuple[Any, ...] = _PACKED(speech)
    return values
