"""serve: the page and the HTTP API over an index."""

from __future__ import annotations

import click

from searchkit import config
from searchkit.cli.options import index_option
from searchkit.errors import UsageError

__all__ = ["serve"]

_EXAMPLES = """\b
Examples:
  searchkit serve                                       http://127.0.0.1:8000, for this machine alone
  SEARCHKIT_TOKEN=... searchkit serve --host 0.0.0.0    for who has the token
"""


@click.command(epilog=_EXAMPLES)
@index_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: any free one."
)
@click.option("--allow-host", "hosts", metavar="NAME", multiple=True, help="Answer under this name too.")
@click.option("--behind-proxy", is_flag=True, help="A proxy in front decides who may ask, and speaks TLS.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes; they share the index."
)
@click.option(
    "--seconds", default=10.0, show_default=True, type=click.FloatRange(0.1, 600), help="Longest time for one answer."
)
@click.option(
    "--concurrent", default=16, show_default=True, type=click.IntRange(1, 1000), help="Answers worked on at a time."
)
@click.option("--log-queries", is_flag=True, help="Write the addresses asked for, queries included, to the log.")
def serve(index: str | None, host: str, port: int, **options: object) -> None:
    """Serve a page and an HTTP API; newer generations are taken up without a pause."""
    try:
        from searchkit.web import Settings, run
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'searchkit[web]'") from error
    workers = options.pop("workers")
    settings = Settings(config.place(index), host, port, config.token(), **options)  # type: ignore[arg-type]
    run(settings, workers)  # type: ignore[arg-type]
