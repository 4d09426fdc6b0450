"""Tools for assistants, by the Model Context Protocol: `searchkit mcp`.  It needs the extra `[mcp]`."""

from searchkit.toolserver.server import http_app, run, tool_server

__all__ = ["http_app", "run", "tool_server"]
