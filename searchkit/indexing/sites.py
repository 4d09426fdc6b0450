"""What do the pages of one site have in common: how much of them is text, and which short blocks stand on many?

Cleaned pages go in, one after the other; sentences for the summary of a build come out.  A sudden change of the share
that is kept means a new template, whose chrome the cleaner may take for text, or its text for chrome.  A block that
recurs is told and never cut: in 1,333 sittings of a parliament "Question put, and agreed to" recurs in 821.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from searchkit.models import CleanPage

__all__ = ["SITES", "Sites", "site_of"]

SITES = "sites.json"
"""The file of a generation that holds, for each site, its pages so far and the sum of their shares."""

_FEWEST_PAGES = 5
"""Pages of a site, former and new, from which on their averages are compared."""
_SUDDEN = 0.2
"""Change of the average share of a page's characters that are kept.  On 91 news pages its standard deviation is 0.23,
among those of one site 0.12: by chance two averages of five pages differ by 0.08."""
_LONGEST_BLOCK = 160
"""Characters of a block that is looked at as one that recurs; chrome is short."""
_RECURRING = 0.2
"""Share of a site's pages from which on a block is told."""
_TOLD = 5
"""Blocks told of one site, and sites told of at all."""
_MOST_BLOCKS = 200_000
"""Different blocks counted at a time; when there are more, those met once are forgotten."""


@dataclass(slots=True)
class _Share:
    pages: int = 0
    total: float = 0.0

    def add(self, share: float) -> None:
        self.pages += 1
        self.total += share

    @property
    def mean(self) -> float:
        return self.total / self.pages if self.pages else 0.0


class Sites:
    """Takes in the pages that a build cleans, and compares them with those of the builds before."""

    def __init__(self, former: Path | None = None) -> None:
        """`former` is the folder of the generation before, if there is one."""
        self._former = _read(former / SITES) if former is not None else {}
        self._new: dict[str, _Share] = {}
        self._blocks: Counter[tuple[str, str]] = Counter()

    def see(self, page: CleanPage) -> None:
        """Take in one page; records have no chrome, and are not looked at."""
        if page.format == "record" or not page.text:
            return
        site = site_of(page)
        cut = sum(len(part.text) for part in page.removed)
        self._new.setdefault(site, _Share()).add(len(page.text) / (len(page.text) + cut))
        blocks = {block for block in page.text.split("\n\n") if len(block) <= _LONGEST_BLOCK}
        self._blocks.update((site, block) for block in blocks)
        if len(self._blocks) > _MOST_BLOCKS:
            self._blocks = Counter({block: count for block, count in self._blocks.items() if count > 1})

    def write(self, folder: Path) -> None:
        """Keep what is known now for the builds to come."""
        whole = {site: _Share(share.pages, share.total) for site, share in self._former.items()}
        for site, share in self._new.items():
            entry = whole.setdefault(site, _Share())
            entry.pages += share.pages
            entry.total += share.total
        table = {site: [share.pages, round(share.total, 4)] for site, share in sorted(whole.items())}
        (folder / SITES).write_text(json.dumps(table, ensure_ascii=True, indent=1) + "\n", "ascii")

    def remarks(self) -> Iterator[str]:
        """Which sites have changed, and which blocks recur?"""
        changed = sorted(site for site in self._new if self._has_changed(site))
        for site in changed[:_TOLD]:
            former, new = self._former[site], self._new[site]
            yield (
                f"{site}: {new.mean:.0%} of a page was kept, {former.mean:.0%} before: a new template? "
                "Look at one with searchkit inspect"
            )
        if len(changed) > _TOLD:
            yield f"and {len(changed) - _TOLD:,} more sites of whose pages another share was kept than before"
        yield from self._told_blocks()

    def _has_changed(self, site: str) -> bool:
        former, new = self._former.get(site, _Share()), self._new[site]
        return min(former.pages, new.pages) >= _FEWEST_PAGES and abs(new.mean - former.mean) > _SUDDEN

    def _told_blocks(self) -> Iterator[str]:
        told: dict[str, list[str]] = {}
        for (site, block), count in self._blocks.most_common():
            if count < _FEWEST_PAGES:
                break
            pages = self._new[site].pages
            if count >= _RECURRING * pages:
                told.setdefault(site, []).append(f'"{" ".join(block.split())}" ({count:,} of {pages:,})')
        for site in list(told)[:_TOLD]:
            listed = ", ".join(told[site][:_TOLD])
            yield f"{site}: kept on many pages; if it is no content, a rule can cut it (--rules): {listed}"


def site_of(page: CleanPage) -> str:
    """To which site does `page` belong?  The host of its address, else the first folder of its key, else its place."""
    declared = (
        found.value
        for found in page.declared
        if (found.origin, found.name) in (("link", "canonical"), ("meta", "og:url"), ("json-ld", "url"))
    )
    for address in (page.sidecar.get("url"), *declared):
        try:
            host = urlsplit(address or "").hostname
        except ValueError:  # an address that is none
            continue
        if host:
            return host.removeprefix("www.")
    folder, slash, _ = page.key.partition("/")
    return f"{folder}/" if slash else "pages without an address"


def _read(path: Path) -> dict[str, _Share]:
    """What is known of the sites of a generation; nothing, where the file is absent or not as it was written."""
    try:
        table = json.loads(path.read_text("ascii"))
        return {str(site): _Share(int(pages), float(total)) for site, (pages, total) in table.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
