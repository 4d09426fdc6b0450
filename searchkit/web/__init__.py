"""A page and an HTTP API over the library: `searchkit serve`.  It needs the extra `[web]`."""

from searchkit.web.app import create_app
from searchkit.web.serving import run
from searchkit.web.settings import Settings

__all__ = ["Settings", "create_app", "run"]
