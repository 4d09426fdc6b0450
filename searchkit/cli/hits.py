"""An answer on the screen: how many, as understood, then hit by hit who, when, where, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from searchkit.cli.screen import Screen, Styled, plain
from searchkit.models import Facet, FacetValue, Hit, Results, Snippet, Speech
from searchkit.presenting import counted, forms_sentence, headline, visible, voice_words

__all__ = ["show_facets", "show_results", "show_totals"]

_MARGIN = 5
"""Columns for the number of a hit."""
_BAR = 24
"""Columns of the longest bar."""
_SHORTEST_BAR = 6
"""On a terminal too narrow for a bar of so many columns there is none."""
_WIDEST_LABEL = 44
"""Columns of a label on a terminal; a longer one is cut there, never in a pipe."""


def show_totals(screen: Screen, results: Results) -> None:
    """How many speeches answer, what was understood, and in which forms was it found?"""
    screen.line(plain(headline(results), "bold"))
    screen.line(plain(results.understood, "dim"))
    if results.written:
        screen.line(plain(f"written out: {results.written}", "dim", one_line=True))
    forms = forms_sentence(results)
    if forms is not None:
        screen.line(plain(forms, "dim"))


def show_results(screen: Screen, results: Results, *, limit: int, offset: int) -> None:
    """Which speeches answer, and which words show it?"""
    show_totals(screen, results)
    for number, hit in enumerate(results.hits, offset + 1):
        screen.line()
        _show_hit(screen, number, hit)
    show_facets(screen, results.facets)
    closing = [*results.remarks, *_continuation(results, limit, offset)]
    if closing:
        screen.line()
        screen.lines(plain(sentence, "yellow") for sentence in closing)


def show_facets(screen: Screen, facets: Mapping[str, Facet]) -> None:
    """How do the speeches spread?  A table with bars for each field."""
    for name, facet in facets.items():
        screen.line()
        screen.line(plain(name, "bold"))
        screen.lines(_facet_rows(screen, facet.values), indent=2)
        if facet.truncated:
            screen.line(plain("... and more values", "dim"), indent=2)


def _show_hit(screen: Screen, number: int, hit: Hit) -> None:
    speech = hit.speech
    screen.row(Styled(f"{number:>{_MARGIN - 2}}  ", "dim"), _heading(speech), _MARGIN)
    if speech.title:
        screen.line(plain(speech.title, one_line=True), indent=_MARGIN)
    screen.line(plain(_address(hit), "dim", one_line=True), indent=_MARGIN)
    for snippet in hit.snippets:
        screen.line(_snippet(speech, snippet), indent=_MARGIN)
    if hit.parts:
        screen.line(plain(_score(hit), "dim"), indent=_MARGIN)


def _score(hit: Hit) -> str:
    """The score as a sum: "score 4.21 = 2.80 with the word peace (4 speeches) + ..."."""
    parts = (f"{part.score:.2f} {part.asked} ({counted(part.speeches, 'speech', 'speeches')})" for part in hit.parts)
    return f"score {hit.score:.2f} = {' + '.join(parts)}"


def _heading(speech: Speech) -> Styled:
    """Speaker, role, date, venue, kind and source: what is known of them."""
    heading = plain(speech.speaker or speech.label or "(no speaker)", "bold cyan", one_line=True)
    kind = ", ".join(part for part in (speech.kind, speech.source) if part)
    for part in (speech.role, speech.date, ", ".join(speech.venue), kind):
        if part:
            heading += plain(f" · {part}", one_line=True)
    return heading


def _address(hit: Hit) -> str:
    """Under which id is it found again, on which page, where on the web, and how often is it copied?"""
    speech = hit.speech
    parts = [speech.id]
    if speech.id != speech.page and not speech.id.startswith(f"{speech.page}#"):
        parts.append(f"on {speech.page}")
    if speech.url:
        parts.append(speech.url)
    if hit.copies:
        parts.append(f"the same text on {counted(hit.copies, 'other page')}")
    return "  ".join(parts)


def _snippet(speech: Speech, snippet: Snippet) -> Styled:
    text = plain(snippet.text, one_line=True)
    for start, end in snippet.highlights:
        text.stylize("bold black on yellow", start, end)
    before = "… " if speech.text[: snippet.start].strip() else ""
    behind = " …" if speech.text[snippet.end :].strip() else ""
    voice = voice_words(snippet.voice)
    return plain(f"{voice}: " if voice else "", "italic green", one_line=True) + Styled(before) + text + Styled(behind)


def _facet_rows(screen: Screen, values: Sequence[FacetValue]) -> Iterator[Styled]:
    from searchkit.cli.cells import cell_len, cut

    rows = [(inner, row) for value in values for inner, row in ((False, value), *((True, m) for m in _months(value)))]
    most = max((value.count for _, value in rows), default=0)
    digits = len(f"{most:,}")
    labels = ["  " * inner + visible(value.label, one_line=True) for inner, value in rows]
    if screen.width is not None:
        labels = [cut(label, min(_WIDEST_LABEL, screen.width - digits - 6)) for label in labels]
    width = max(map(cell_len, labels), default=0)
    bar = _BAR if screen.width is None else min(_BAR, screen.width - width - digits - 6)
    for label, (inner, value) in zip(labels, rows, strict=True):
        row = Styled(label, "dim" if value.value is None else "") + Styled(" " * (width - cell_len(label)))
        row += Styled(f"  {value.count:>{digits},}  ", "" if inner else "bold")
        length = max(1, round(bar * value.count / most)) if value.count and bar >= _SHORTEST_BAR else 0
        row += Styled("█" * length, "dim cyan" if inner else "cyan")
        row.rstrip()
        yield row


def _months(year: FacetValue) -> Sequence[FacetValue]:
    """The months of a year; none where all its dates tell the year alone."""
    return () if [month.value for month in year.months] == [year.value] else year.months


def _continuation(results: Results, limit: int, offset: int) -> Iterator[str]:
    """Where does the answer go on behind these hits?"""
    shown = offset + len(results.hits)
    all_hits = results.originals if results.collapsed and results.originals is not None else results.total
    if results.hits and shown < all_hits:
        yield (
            f"{offset + 1:,} to {shown:,} of {all_hits:,}; the next: --offset {shown}"
            + (f" --limit {limit}" if limit != 10 else "")
        )
    elif results.total and not results.hits and limit:
        yield f"there are only {counted(results.total, 'speech', 'speeches')}, and --offset {offset} is behind them"
