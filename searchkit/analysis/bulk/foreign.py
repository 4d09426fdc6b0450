"""Names in other letters than plain Latin ones: `foreign_names`, asked of those texts alone that have such letters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from searchkit.analysis.bulk.code_page import CodePage
from searchkit.analysis.bulk.tokens import Tokens
from searchkit.analysis.transliteration import names_among

__all__ = ["names_of_texts"]

Names = tuple[str, ...]


def names_of_texts(texts: Sequence[str], tokens: Tokens, page: CodePage) -> tuple[Names, ...]:
    """What does `foreign_names` say of each text?  `tokens` are all its words, notes and all."""
    found: list[Names] = [()] * len(texts)
    # Only words that are not plain ASCII can be such names.
    places = tokens.foreign
    beyond = places[page.is_beyond[tokens.written[places]]]
    if not len(beyond) or not len(tokens.starts):
        return tuple(found)
    words = np.searchsorted(tokens.starts, places, side="right") - 1
    words = np.unique(words[(words >= 0) & (places < tokens.starts[words] + tokens.lengths[words])])
    starts = tokens.starts[words]
    ends = starts + tokens.lengths[words]
    cuts = np.searchsorted(words, tokens.bounds)
    for text in np.unique(np.searchsorted(tokens.text_starts, beyond, side="right") - 1).tolist():
        own = slice(int(cuts[text]), int(cuts[text + 1]))
        before = int(tokens.text_starts[text])
        spelled = zip((starts[own] - before).tolist(), (ends[own] - before).tolist(), strict=True)
        found[text] = names_among({texts[text][start:end] for start, end in spelled})
    return tuple(found)
