"""Packages whose members are loaded when they are first used, so that a command loads nothing that it does not need.

if TYPE_CHECKING:
    from searchkit.counting.trend import Trend, trend
else:
    load_when_used(__name__, {"trend": ("Trend", "trend")})
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from types import ModuleType
from typing import Any

__all__ = ["load_when_used"]


def load_when_used(package: str, members: Mapping[str, tuple[str, ...]]) -> None:
    """Give `package` these members of its modules (module -> names), each loaded when somebody asks for it."""
    homes = {member: module for module, names in members.items() for member in names}

    class Package(ModuleType):
        def __getattr__(self, name: str) -> Any:
            module = homes.get(name)
            if module is None:
                raise AttributeError(f"module {package!r} has no attribute {name!r}")
            value = getattr(importlib.import_module(f"{package}.{module}"), name)
            self.__dict__[name] = value
            return value

        def __setattr__(self, name: str, value: object) -> None:
            # A module that is loaded is not to stand in the place of the member of its name.
            if name not in homes or not isinstance(value, ModuleType):
                super().__setattr__(name, value)

    sys.modules[package].__class__ = Package
