"""Which names stand in a corpus in other letters than a plain keyboard has?  Şuşa and Шуша, for who types shusha."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from searchkit.analysis import fold, romanised

__all__ = ["latin_forms"]

_MOST_NAMES = 5_000
"""Romanised forms that are kept whatever stands in the corpus; the table is read whenever an index is opened.  Of more,
those are kept that stand in the corpus themselves: a corpus in two scripts, not one in Russian alone."""
_LEAST_SHARE = 0.5
"""Of the speeches that hold the folded form, how many have it as this name?  Fewer, and it is another word: of Şip and
sip the latter."""


def latin_forms(names: Mapping[str, int], holding: Callable[[str], int]) -> dict[str, tuple[str, ...]]:
    """Name in plain Latin letters -> all forms of it in the corpus.

    `names` tells how many speeches have a name as it is written (see analysis.foreign_names), `holding` how many hold a
    literal form.
    """
    having: dict[str, int] = {}
    for name, count in names.items():
        having[fold(name)] = having.get(fold(name), 0) + count
    meant = {form for form, count in having.items() if count >= _LEAST_SHARE * holding(form)}
    found: dict[str, set[str]] = {}
    for name in names:
        if fold(name) in meant:
            for latin in romanised(name):
                found.setdefault(latin, set()).add(fold(name))
    held = {latin for latin in found if holding(latin)}
    kept = sorted(found) if len(found) <= _MOST_NAMES else sorted(held)
    return {latin: tuple(sorted(found[latin] | ({latin} & held))) for latin in kept}
