"""Which version of searchkit is this?  Read by the package's metadata too."""

from __future__ import annotations

__all__ = ["VERSION"]

VERSION = "0.1.0"
