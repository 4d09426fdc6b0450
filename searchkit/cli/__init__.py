"""The command line: what is typed becomes calls of the library, and answers become something to read or to pipe."""

from searchkit.cli.program import main

__all__ = ["main"]
