"""The form under which a word is compared where its capitals matter: US is not us.  Marks are folded as ever."""

from __future__ import annotations

from functools import lru_cache

from searchkit.analysis.analyzer import Analysis
from searchkit.analysis.folding import fold, unmarked

__all__ = ["cased", "cased_forms"]


def cased_forms(text: str, analysis: Analysis) -> list[str]:
    """Under which cased forms stand the tokens of `text`, analysed as `analysis`?  One a token."""
    return [cased(text[start:end]) for start, end in zip(analysis.starts, analysis.ends, strict=True)]


@lru_cache(maxsize=1 << 16)
def cased(word: str) -> str:
    """Under which form is `word` compared with its capitals?

    As fold has it, without marks and without a final 's, but each letter as big as it was written: Şuşa's = Susa.
    """
    form = unmarked(word).strip("'")
    if form[-2:] in ("'s", "'S") and not fold(word).endswith("'s"):
        form = form[:-2].rstrip("'")
    return form
