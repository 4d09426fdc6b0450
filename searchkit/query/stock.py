"""How Whoosh is imported first: quietly, and without what it imports itself and only other programs use."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

__all__ = ["loading_whoosh"]

_FOR_OTHERS = {
    "urllib.request": "urlretrieve",
    "whoosh.lang.morph_en": "variations",
    "whoosh.lang.porter": "stem",
}
"""Module -> the function that Whoosh 2.7.4 takes from it.

whoosh.compat offers the first to programs that download an index (with it come http, ssl, email and sockets), the
others belong to whoosh.query.Variations and to Whoosh's own stemming analysers.  Together a sixth of the time in which
click, numpy and Whoosh are loaded.
"""


class _Function:
    """Stands in for a function until it is called, or pickled by its name as a schema's are."""

    def __init__(self, module: str, name: str) -> None:
        self._home = module, name

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        module, name = self._home
        return getattr(importlib.import_module(module), name)(*arguments, **named)

    def __reduce__(self) -> tuple[Any, ...]:
        from pkgutil import resolve_name

        return resolve_name, (":".join(self._home),)


class _Module(ModuleType):
    """Stands in for a module of which Whoosh takes one function."""

    def __init__(self, name: str, function: str) -> None:
        super().__init__(name)
        setattr(self, function, _Function(name, function))

    def stand_in(self) -> None:
        """Be found where the module would be."""
        package, _, inside = self.__name__.rpartition(".")
        setattr(importlib.import_module(package), inside, self)
        sys.modules[self.__name__] = self

    def step_back(self) -> None:
        """Leave the place to the module, unless it is there already."""
        package, _, inside = self.__name__.rpartition(".")
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        if getattr(sys.modules[package], inside, None) is self:
            delattr(sys.modules[package], inside)

    def __getattr__(self, name: str) -> Any:
        # Somebody else imports it meanwhile, in another thread: what is asked for is the true one.
        if name.startswith("__"):
            raise AttributeError(name)
        self.step_back()
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def loading_whoosh() -> Iterator[None]:
    """Import Whoosh inside: without its compile warnings, and what it only passes on is loaded when it is used."""
    with warnings.catch_warnings():
        # Whoosh 2.7.4 was written before Python 3.8: these two are its compile warnings, seen with cold bytecode.
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        later = [_Module(name, function) for name, function in _FOR_OTHERS.items() if name not in sys.modules]
        for module in later:
            module.stand_in()
        try:
            yield
        finally:
            for module in later:
                module.step_back()
