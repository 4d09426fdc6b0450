"""searchkit copy: a whole index from a folder to a cluster, or back."""

from __future__ import annotations

from dataclasses import asdict

import click

from searchkit.cli.generations import wait_option
from searchkit.cli.options import json_option
from searchkit.cli.output import put_json
from searchkit.presenting import counted

__all__ = ["copy"]

_EXAMPLES = """\b
Examples:
  searchkit copy index opensearch://localhost:9200/speeches
  searchkit copy opensearch://localhost:9200/speeches /data/speeches
"""


@click.command(epilog=_EXAMPLES)
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@wait_option
@json_option
def copy(source: str, target: str, wait: float, as_json: bool) -> None:
    """Copy an index to a cluster, or back.

    One of FROM and TO is a folder, the other one opensearch://HOST:9200/NAME. What TO held answers until the copy is
    whole, and stays as its former generation.
    """
    import searchkit
    from searchkit.cli.progress import count_bar

    with count_bar("copying", shown=not as_json) as listener:
        report = searchkit.copy(source, target, listener=listener, wait=wait)
    if as_json:
        put_json(asdict(report))
        return
    what = f"{counted(report.speeches, 'speech', 'speeches')} of {counted(report.pages, 'page')}"
    click.echo(f"{what} copied in {report.seconds:,.1f} s: {report.generation} answers at {report.target}")
    if report.sent_again:
        click.echo(f"{report.sent_again:,} had to be sent a second time; each is there once", err=True)
