"""searchkit generations, rollback, release and prune: which states of the index are kept, and which one answers?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from searchkit import config
from searchkit.cli.options import index_option, json_option
from searchkit.cli.output import put_json
from searchkit.presenting import counted, standing_json

if TYPE_CHECKING:  # slow to load, and --help needs none of it
    from searchkit.generations import Hold, Standing

__all__ = ["generations", "prune", "release", "rollback"]

wait_option = click.option(
    "--wait", type=click.FloatRange(min=0), default=0.0, metavar="S", help="Seconds to wait for a builder."
)


@click.command(
    epilog="""\b
Examples:
  searchkit generations
  searchkit generations --index /data/speeches --json
"""
)
@index_option
@json_option
def generations(index: str | None, as_json: bool) -> None:
    """List the generations that are kept.

    Oldest first, with what each holds; one of them is live. A build adds one and keeps the last seven.
    """
    from searchkit.indexing import states_at

    place = config.place(index)
    with states_at(place) as states:
        standing, hold = states.kept(), states.hold()
    if as_json:
        put_json({"index": str(place), "held": _held(hold), "generations": [standing_json(item) for item in standing]})
        return
    from searchkit.cli.screen import Screen, plain

    screen = Screen()
    screen.rows((("*" if item.live else " ") + f" {item.id}", _holds(item)) for item in standing)
    screen.line(plain("* is live"))
    if hold is not None:
        screen.line(plain(f"held since {hold.since}: builds publish nothing until searchkit release", "yellow"))


@click.command(
    epilog="""\b
Examples:
  searchkit rollback
  searchkit rollback 20261123T021500Z-1
"""
)
@click.argument("generation", metavar="[GENERATION]", required=False)
@index_option
@wait_option
@json_option
def rollback(generation: str | None, index: str | None, wait: float, as_json: bool) -> None:
    """Let an earlier generation answer again.

    Without GENERATION, the one before the live one. The index is held there: builds publish nothing until
    "searchkit release".
    """
    from searchkit.indexing import states_at

    place = config.place(index)
    with states_at(place) as states:
        states.kept()
        with states.locked("rollback", wait):
            chosen = states.rollback(generation)
    if as_json:
        put_json({"index": str(place), "generation": chosen.id, "held": True})
        return
    from searchkit.cli.screen import Screen

    screen = Screen()
    screen.line(f"{chosen.id} answers now: {counted(chosen.manifest.speeches, 'speech', 'speeches')}")
    screen.line("builds publish nothing until: searchkit release")


@click.command(
    epilog="""\b
Examples:
  searchkit release
  searchkit release --index /data/speeches
"""
)
@index_option
@wait_option
@json_option
def release(index: str | None, wait: float, as_json: bool) -> None:
    """Let builds publish again after a rollback.

    The live generation stays until the next build.
    """
    from searchkit.indexing import states_at

    place = config.place(index)
    with states_at(place) as states:
        states.kept()
        with states.locked("release", wait):
            hold = states.release()
    if as_json:
        put_json({"index": str(place), "generation": hold.generation, "held": False})
    else:
        click.echo(f"released: {hold.generation} answers until the next build takes its place")


@click.command(
    epilog="""\b
Examples:
  searchkit prune
  searchkit prune --keep 2
"""
)
@click.option("--keep", type=click.IntRange(min=1), default=7, metavar="N", help="Generations that stay; else 7.")
@index_option
@wait_option
@json_option
def prune(keep: int, index: str | None, wait: float, as_json: bool) -> None:
    """Remove old generations, and what killed builds left.

    The live generation always stays. A build prunes by itself; this is for making room at once.
    """
    from searchkit.indexing import states_at

    place = config.place(index)
    with states_at(place) as states:
        states.kept()
        with states.locked("prune", wait):
            swept = states.sweep()
            gone = states.prune(keep)
    if as_json:
        put_json({"index": str(place), "generations": gone, "leftovers": swept})
    else:
        removed = [*gone, *swept]
        click.echo(f"removed: {', '.join(removed)}" if removed else "nothing to remove")


def _held(hold: Hold | None) -> dict[str, object] | None:
    return {"generation": hold.generation, "since": hold.since} if hold else None


def _holds(item: Standing) -> str:
    if item.generation is None:
        return f"damaged: {item.damage}"
    return ", ".join(_told(item))


def _told(item: Standing) -> Iterator[str]:
    assert item.generation is not None
    manifest = item.generation.manifest
    yield f"begun {manifest.created}"
    yield counted(manifest.speeches, "speech", "speeches")
    yield counted(manifest.pages, "page")
    if manifest.stale:
        yield f"{manifest.stale:,} of them stale"
    if manifest.skipped:
        yield f"{manifest.skipped:,} skipped"
    yield f"{sum(file.size for file in manifest.files.values()) / 1e6:,.1f} MB"
