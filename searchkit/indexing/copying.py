"""copy: a whole index from a folder to a cluster, or back.  Every speech with its people, its copies and its page.

Nothing is cleaned or extracted again: what was published is what arrives, beside what was live there, and then takes
its place.
"""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit import generations
from searchkit.comparing import ACCOUNT, compare, write_account
from searchkit.engines.base import Engine, Request
from searchkit.engines.embedded import EmbeddedEngine, EmbeddedWriter, write_side
from searchkit.engines.embedded.opened import OpenIndex
from searchkit.engines.embedded.traits import read_traits
from searchkit.errors import BuildRefused, IndexDamaged, UsageError
from searchkit.generations import Generation, Manifest, PageTable
from searchkit.generations.layout import next_id
from searchkit.generations.manifest import read_manifest
from searchkit.identity.side import Names, SideBuilder
from searchkit.query import nodes

if TYPE_CHECKING:  # needs what only the extra [opensearch] brings
    from searchkit.engines.cluster import ClusterEngine, ClusterWriter, Connection, Known

__all__ = ["MANIFEST", "CopyReport", "copy_index", "receive_generation", "send_generation"]

MANIFEST = "manifest.json"
_PAGES = "pages.sqlite"
_BESIDE = (_PAGES, "speakers.json", "sites.json")
"""Files of a generation that are no part of its engine: they travel as they are."""
_TOLD_EVERY = 250

Progress = Callable[[int, int], None]
"""Is told how many speeches of how many have been copied."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """What was copied."""

    source: str
    target: str
    generation: str
    speeches: int
    pages: int
    sent_again: int
    """Speeches that a cluster had to be sent a second time."""
    seconds: float


def copy_index(source: str, target: str, progress: Progress | None = None, wait: float = 0.0) -> CopyReport:
    """Make `target` hold what `source` holds; one of them is a folder, the other one an address on a cluster.

    The generation that was live at `target` stays, and answers until the new one is whole.  Raises UsageError,
    IndexMissing, IndexDamaged, IndexLocked or BuildRefused.
    """
    from searchkit import config

    there, here = config.cluster_place(target), config.cluster_place(source)
    if (there is None) == (here is None):
        raise UsageError("copy FROM TO wants a folder and an address on a cluster: opensearch://HOST:9200/NAME")
    told = progress or (lambda _done, _all: None)
    started = datetime.now(UTC)
    if there is not None:
        report = _to_cluster(config.index_path(source), there, told, wait)
    else:
        assert here is not None
        report = _to_folder(here, config.index_path(target), told, wait)
    return CopyReport(*report, seconds=(datetime.now(UTC) - started).total_seconds())


# -- to a cluster ------------------------------------------------------------------------------------------------------


def _to_cluster(folder: Path, address: str, progress: Progress, wait: float) -> tuple[str, str, str, int, int, int]:
    from searchkit.engines.cluster import Catalogue, Connection, locked, parse_address

    live = generations.require_live(folder)
    with contextlib.closing(Connection(parse_address(address))) as connection:
        catalogue = Catalogue(connection)
        with locked(connection, "copy", wait) as lock:
            catalogue.refuse_held()
            catalogue.sweep()
            id = _id_behind(catalogue.all_ids(), live.id)
            again = send_generation(connection, live, id, progress)
            lock.check()
            catalogue.publish(id)
            catalogue.prune(generations.KEPT)
    return str(folder), address, id, live.manifest.speeches, live.manifest.pages, again


def _id_behind(taken: Sequence[str], id: str) -> str:
    """Which id has the copy?  That of what is copied, or a later one if that would not be the newest there."""
    long_ago = datetime.fromtimestamp(0, UTC)
    later = next_id([*taken, id], long_ago)
    is_newest = id not in taken and later == next_id([id], long_ago)
    return id if is_newest else later


def send_generation(
    connection: Connection, generation: Generation, id: str, progress: Progress, *, with_account: bool = False
) -> int:
    """Write `generation` of a folder to a cluster, as its generation `id`, unpublished; how much was sent again?

    `with_account`: what it changed, it changed of what is live on the cluster.
    """
    from searchkit.engines.cluster import Catalogue, ClusterWriter, Told

    manifest = generation.manifest
    live = Catalogue(connection).live()
    beside = [MANIFEST, *_BESIDE, *([ACCOUNT] if with_account or manifest.former == live else [])]
    told = Told(
        id,
        manifest.created,
        manifest.software,
        0,
        0,
        0,
        former=live,
        origin=generation.id,
        sources=manifest.sources,
        skipped=manifest.skipped,
        stale=manifest.stale,
    )
    with contextlib.closing(EmbeddedEngine(generation.directory)) as engine:
        writer = ClusterWriter(connection, told, engine.profile.fields)
        try:
            _send(engine, writer, progress)
            for name in beside:
                if (generation.directory / name).exists():
                    writer.keep(name, (generation.directory / name).read_bytes())
            writer.commit()
        except BaseException:
            writer.cancel()
            raise
    return writer.sent_again


def _send(engine: Engine, writer: ClusterWriter, progress: Progress) -> None:
    originals = _originals(engine)
    total = len(engine)
    new_numbers: dict[int, int] = {}
    order = [(item.number, item.page, item.id) for item in engine.traits()]
    for number, *_ in order:
        new_numbers[number] = len(new_numbers)
    done = 0
    for page, items in itertools.groupby(order, lambda item: item[1]):
        on_page = {speech.id: speech for speech in engine.as_written(page)}
        for number, _, id in items:
            writer.add(on_page[id], _known(engine, number, originals, new_numbers))
            done += 1
            if done % _TOLD_EVERY == 0:
                progress(done, total)
    progress(done, total)


def _known(engine: Engine, number: int, originals: dict[int, tuple[int, int]], new_numbers: dict[int, int]) -> Known:
    from searchkit.engines.cluster import Known

    original, copies = originals.get(number, (number, 0))
    return Known(*engine.people(number), new_numbers[original], copies)


def _originals(engine: Engine) -> dict[int, tuple[int, int]]:
    """Number of a speech that has copies -> number of their original, how many others there are."""
    found: dict[int, tuple[int, int]] = {}
    everything = engine.search(Request(nodes.Every(), sort="oldest", limit=len(engine)))
    for match in everything.page:
        if match.copies and match.number not in found:
            group = engine.copies(match.number)
            found.update((number, (group[0], len(group) - 1)) for number in group)
    return found


# -- to a folder -------------------------------------------------------------------------------------------------------


def _to_folder(address: str, folder: Path, progress: Progress, wait: float) -> tuple[str, str, str, int, int, int]:
    from searchkit.engines.cluster import Catalogue, ClusterEngine, Connection, parse_address

    with contextlib.closing(Connection(parse_address(address))) as connection:
        engine = ClusterEngine(connection, Catalogue(connection).require_live())
        generations.refuse_held(folder)
        generations.claim(folder)
        with generations.locked(folder, "copy", wait):
            id = receive_generation(engine, folder, progress)
            generations.prune(folder, id)
        return address, str(folder), id, len(engine), engine.told.pages, 0


def receive_generation(engine: ClusterEngine, folder: Path, progress: Progress = lambda _done, _all: None) -> str:
    """Make the generation that `engine` reads the live one of the index in `folder`; which id has it there?"""
    former = generations.live(folder)
    draft = generations.begin(folder)
    try:
        _receive_speeches(engine, draft.directory, progress)
        manifest = _manifest_of(engine, draft.directory, draft.id, draft.created, former)
        with contextlib.closing(EmbeddedEngine(draft.directory)) as copied, PageTable(draft.pages) as table:
            if len(copied) != len(engine):
                raise BuildRefused(f"{len(engine)} speeches were asked for and {len(copied)} arrived: copy again")
            if former is not None:
                with PageTable(former.pages) as before, contextlib.closing(EmbeddedEngine(former.directory)) as earlier:
                    write_account(draft.directory, compare((before, earlier), (table, copied)))
        draft.seal(manifest)
        draft.publish()
    except BaseException:
        draft.discard()
        raise
    return draft.id


def _receive_speeches(engine: ClusterEngine, directory: Path, progress: Progress) -> None:
    people: dict[str, tuple[Names, tuple[Names, ...], str]] = {}
    writer = EmbeddedWriter(directory, engine.profile.fields, side=False)
    try:
        for speech, speakers, quoted, original in engine.everything():
            writer.add(speech)
            people[speech.id] = speakers, quoted, original
            if len(people) % _TOLD_EVERY == 0:
                progress(len(people), len(engine))
        writer.commit()
    except BaseException:
        writer.cancel()
        raise
    progress(len(people), len(engine))
    # several processes wrote: only the index itself knows which number a speech has
    opened = OpenIndex(directory)
    numbers = {item.id: item.number for item in read_traits(opened.segments)}
    side = SideBuilder(opened.numbers)
    for id, number in numbers.items():
        speakers, quoted, original = people[id]
        side.name(number, speakers, quoted)
        side.copy(number, numbers[original])
    write_side(directory, side.side())


def _manifest_of(engine: ClusterEngine, directory: Path, id: str, created: str, former: Generation | None) -> Manifest:
    """Lay the files that travelled beside the engine into the draft; which manifest has it?"""
    for name in _BESIDE:
        content = engine.file(name)
        if content is not None:
            (directory / name).write_bytes(content)
    kept = engine.file(MANIFEST)
    if kept is None or not (directory / _PAGES).exists():
        raise IndexDamaged(f"{engine.address} does not know the pages of its speeches, so no folder can be made of it")
    recipe = _recipe_in(kept, engine.told.origin or engine.told.generation)
    told = engine.told
    return Manifest(
        id,
        created,
        told.software,
        recipe.recipe,
        told.speeches,
        recipe.pages,
        recipe.skipped,
        recipe.stale,
        recipe.analysis,
        former.id if former else None,
    )


def _recipe_in(content: bytes, id: str) -> Manifest:
    with tempfile.TemporaryDirectory(prefix="searchkit-") as folder:
        place = Path(folder) / id
        place.mkdir()
        (place / MANIFEST).write_bytes(content)
        return read_manifest(place)
