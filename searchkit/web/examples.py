"""Answers to the API's calls as its description shows them: those over the sample pages, lists and texts cut short."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from searchkit.web.asking import EXACT_FACETS

__all__ = ["Call", "called", "with_examples"]

_PREFIX = "/api/v1/"
SELECTING = frozenset(("q", "without", "from", "to", *EXACT_FACETS))
"""Parameters that choose speeches, alike in every call that has them."""


def with_examples(described: dict[str, Any]) -> dict[str, Any]:
    """The description of the API, each call with an example of its answer.

    Set from outside: what FastAPI is given for a route it empties of nulls, which say that nothing is known.
    """
    examples = json.loads(resources.files("searchkit.web").joinpath("examples.json").read_text("utf-8"))
    for path, called in described["paths"].items():
        example = examples.get(path.removeprefix(_PREFIX).partition("/")[0])
        if example is not None:
            called["get"]["responses"]["200"]["content"]["application/json"]["example"] = example
    return described


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API, as its page tells of it."""

    path: str
    summary: str
    parameters: list[Mapping[str, Any]]
    """Those of its own."""
    selects: bool
    """Has it the parameters besides that choose speeches?"""
    example: str | None


def called(paths: Mapping[str, Any]) -> list[Call]:
    """Which calls has the API?  `paths` are those of its description."""
    calls = []
    for path, methods in paths.items():
        told = methods["get"]
        parameters = told.get("parameters", [])
        selects = any(parameter["name"] == "q" and not parameter["required"] for parameter in parameters)
        own = [each for each in parameters if not (selects and each["name"] in SELECTING)]
        content = told["responses"]["200"].get("content", {}).get("application/json", {})
        example = json.dumps(content["example"], ensure_ascii=False, indent=2) if "example" in content else None
        calls.append(Call(path, told["summary"], own, selects, example))
    return calls
