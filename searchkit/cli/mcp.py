"""searchkit mcp: tools for assistants, by the Model Context Protocol."""

from __future__ import annotations

import click

from searchkit import config
from searchkit.cli.options import index_option
from searchkit.errors import UsageError

__all__ = ["mcp"]

_EXAMPLES = """\b
Examples:
  searchkit mcp                          on standard input and output, as desktop assistants start it
  searchkit mcp --http --port 8001       at http://127.0.0.1:8001/mcp
"""


@click.command(epilog=_EXAMPLES)
@index_option
@click.option("--http", "over_http", is_flag=True, help="Serve streamable HTTP at /mcp instead.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(0, 65535), help="With --http: the port.")
@click.option("--allow-host", "hosts", metavar="NAME", multiple=True, help="With --http: answer under this name too.")
@click.option("--behind-proxy", is_flag=True, help="With --http: a proxy in front decides who may ask.")
def mcp(index: str | None, over_http: bool, host: str, port: int, hosts: tuple[str, ...], behind_proxy: bool) -> None:
    """Offer search, speech, quotes, facets, trend and kwic to an assistant, each answer with ids and citations."""
    try:
        from searchkit.toolserver import run
        from searchkit.web import Settings
    except ModuleNotFoundError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'searchkit[mcp]'") from error
    settings = Settings(config.place(index), host, port, config.token(), behind_proxy, hosts)
    run(settings, over_http=over_http)
