"""py3langid, unpacked once a machine: its tables take 0.6 s and 100 MB to unpack, and 15 ms to map from a folder."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["detector"]

_CODE_LENGTH = 2
"""Of the languages that are told apart: dialects (Moroccan Arabic) would only take votes from their language."""
_TABLES = ("ptc", "pc", "classes", "next", "row", "output")


def detector(folder: Path | None) -> LanguageIdentifier:
    """Which object tells languages?  Its tables are kept in `folder`, if that can be written, for the next process."""
    if folder is None:
        return _unpacked()
    from py3langid import __version__

    kept = folder / f"languages-{__version__}"
    with contextlib.suppress(OSError, ValueError):
        return _mapped(kept)
    unpacked = _unpacked()
    with contextlib.suppress(OSError):
        _keep(unpacked, kept)
    return unpacked


def _unpacked() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages([language for language in found.nb_classes if len(language) == _CODE_LENGTH])
    return found


def _mapped(kept: Path) -> LanguageIdentifier:
    """The same, as it was kept.  Raises OSError or ValueError if it was not, or is not whole."""
    import numpy as np
    from py3langid.langid import LanguageIdentifier

    ptc, pc, classes, following, row, output = (
        np.load(kept / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _TABLES
    )
    # The walk asks for single numbers: of a memoryview, as of an array, that costs a third of what NumPy takes.
    return LanguageIdentifier(
        ptc, pc, classes.tolist(), memoryview(following), memoryview(output), norm_probs=True, tk_row=row.tolist()
    )


def _keep(unpacked: LanguageIdentifier, kept: Path) -> None:
    """Let the tables stand under `kept` in one step, whoever else does the same."""
    import numpy as np

    tables = (
        unpacked.nb_ptc,
        unpacked.nb_pc,
        np.asarray(unpacked.nb_classes),
        np.asarray(unpacked.tk_nextmove, np.uint32),
        np.asarray(unpacked.tk_row, np.uint32),
        np.asarray(unpacked.tk_output, np.int32),
    )
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent))
    try:
        for name, table in zip(_TABLES, tables, strict=True):
            np.save(beside / f"{name}.npy", table, allow_pickle=False)
        beside.rename(kept)
    except OSError:
        shutil.rmtree(beside, ignore_errors=True)
        raise
