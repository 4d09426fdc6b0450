"""Tools for assistants, by the Model Context Protocol: `searchkit mcp`.  It needs the extra `[mcp]`."""

from searchkit.toolserver.server import run, tool_server

__all__ = ["run", "tool_server"]
