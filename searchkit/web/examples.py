"""Answers to the API's calls as its description shows them: those over the sample pages, lists and texts cut short."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

__all__ = ["with_examples"]

_PREFIX = "/api/v1/"


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
