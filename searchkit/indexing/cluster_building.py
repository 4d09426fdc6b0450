"""build, for an index on a cluster: made whole on this machine, then sent, then switched to.

The working index is one in a folder, so that everything holds that holds for those: pages that are as they were are not
made again, and a build that would do harm is refused.  Where the cluster holds something else than the working index
(another machine built, somebody rolled back), the working index is brought to what the cluster holds first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit import config, generations
from searchkit.errors import IndexMissing
from searchkit.indexing.building import build
from searchkit.indexing.copying import MANIFEST, receive_generation, send_generation
from searchkit.indexing.options import BuildOptions, Progress, ProgressListener
from searchkit.indexing.report import BuildReport
from searchkit.indexing.sources import Given

if TYPE_CHECKING:  # needs what only the extra [opensearch] brings
    from searchkit.engines.cluster import Catalogue, Connection

__all__ = ["build_on_cluster"]


def build_on_cluster(
    given: Given, address: str, options: BuildOptions, listener: ProgressListener | None = None
) -> BuildReport:
    """Make the index at `address` hold exactly what the SOURCEs `given` now yield; what became of each page?

    As `build`; the generation that was live answers until the new one is whole.
    """
    from searchkit.engines.cluster import Catalogue, Connection, locked, parse_address

    work = config.cluster_folder(address) / "index"
    with contextlib.closing(Connection(parse_address(address))) as connection:
        catalogue = Catalogue(connection)
        catalogue.refuse_held()
        with locked(connection, "build", options.wait) as lock:
            catalogue.refuse_held()
            catalogue.sweep()
            _bring_to(work, connection, catalogue)
            report = build(given, work, options, listener)
            if report.generation is None:
                return replace(report, index=address)
            live = generations.require_live(work)
            again = send_generation(connection, live, live.id, _sending(listener), with_account=True)
            lock.check()
            catalogue.publish(live.id)
            catalogue.prune(generations.KEPT)
    remarks = (f"{again:,} speeches had to be sent a second time; each is there once",) if again else ()
    return replace(report, index=address, remarks=(*report.remarks, *remarks))


def _sending(listener: ProgressListener | None) -> Callable[[int, int], None]:
    """Tell the listener of a build how many speeches have been sent."""

    def tell(done: int, total: int) -> None:
        if listener is not None:
            listener(Progress("send", done, done, total))

    return tell


def _bring_to(work: Path, connection: Connection, catalogue: Catalogue) -> None:
    """Let the working index hold what the cluster holds."""
    from searchkit.engines.cluster import ClusterEngine

    live = catalogue.live()
    if live is None:
        return
    engine = ClusterEngine(connection, live)
    wanted = engine.file(MANIFEST)
    with contextlib.suppress(IndexMissing):
        for standing in reversed(generations.kept(work)):
            found = standing.generation
            if found is not None and (found.directory / MANIFEST).read_bytes() == wanted:
                if not standing.live:
                    with generations.locked(work, "build"):
                        generations.rollback(work, standing.id)
                        generations.release(work)
                return
    generations.claim(work)
    with generations.locked(work, "build"):
        receive_generation(engine, work)
