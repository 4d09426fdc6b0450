"""Fills the templates; everything put into them is escaped, for a page's text is hostile until shown otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from searchkit.presenting import counted
from searchkit.searching import Searcher
from searchkit.version import VERSION
from searchkit.web.asking import Question
from searchkit.web.service import Service

__all__ = ["Show", "Templates", "answered"]

Show = Callable[[Searcher, Question], Response]
"""From a searcher that stays in its generation and a question to a page."""

_VIEWS = (("Results", "/"), ("In context", "/kwic"), ("Over time", "/trend"), ("Speakers", "/speakers"))
_UNPRINTABLE = re.compile("[\ud800-\udfff]")


class Templates:
    """The templates of this package."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PackageLoader("searchkit.web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals.update(
            version=VERSION, generation=None, autofocus=False, action=None, counted=counted
        )

    def page(
        self, name: str, request: Request, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any
    ) -> HTMLResponse:
        """The page `name`, filled with `values`."""
        question = values["question"]
        views = [(label, question.link(path), request.url.path == path) for label, path in _VIEWS]
        html = self._environment.get_template(name).render(views=views, **values)
        # Half a character, from a file name that is not UTF-8, has no bytes to be sent as.
        return HTMLResponse(_UNPRINTABLE.sub("\ufffd", html), status, headers)


async def answered(service: Service, request: Request, show: Show) -> Response:
    """Which page does `show` make of what the address of `request` asks?"""
    parameters = request.query_params.multi_items()
    return await service.ask(lambda speeches: show(speeches, Question.of(parameters, speeches.own_fields)))
