"""Runs the application: one process, or several that share the memory-mapped index."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, fields
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

import searchkit
from searchkit import config
from searchkit.web.app import create_app
from searchkit.web.settings import Settings

__all__ = ["Processes", "run", "worker"]

_GRACE = 10
"""Seconds that answers under way get when the server is told to stop."""
_MOST_CONNECTIONS = 1_000


class _WithoutQueries(logging.Filter):
    """Cuts the query off the addresses in the log: what people look for is theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) > 2 and isinstance(record.args[2], str):
            record.args = (*record.args[:2], record.args[2].partition("?")[0], *record.args[3:])
        return True


class Processes(Multiprocess):
    """Several processes behind one socket, which is let go first of all when they are told to stop.

    As long as it is open anywhere, the kernel takes in connections that nobody will answer, and cuts them off at the
    end. Once it is closed it refuses them, and whoever asks knows that nothing was begun.
    """

    def terminate_all(self) -> None:
        """Tell the processes to stop."""
        for socket in self.sockets:
            socket.close()
        super().terminate_all()


def run(settings: Settings, workers: int = 1) -> None:
    """Serve until told to stop.  Raises IndexMissing or IndexDamaged at once if there is nothing to serve."""
    searchkit.open(settings.index).close()
    config.hand_over(json.dumps({**asdict(settings), "index": str(settings.index), "token": None}))
    options: dict[str, Any] = {
        "app": "searchkit.web.serving:worker",
        "factory": True,
        "host": settings.host,
        "port": settings.port,
        "workers": workers,
        "proxy_headers": settings.behind_proxy,
        "server_header": False,
        "limit_concurrency": _MOST_CONNECTIONS,
        "timeout_graceful_shutdown": _GRACE,
    }
    if workers == 1:
        uvicorn.run(**options)
        return
    several = uvicorn.Config(**options)
    Processes(several, sockets=[several.bind_socket()]).run()


def worker() -> FastAPI:
    """The application of one process, set up as `run` was told; the token comes from the environment alone."""
    kept = json.loads(config.handed_over())
    known = {field.name for field in fields(Settings)}
    chosen = {name: value for name, value in kept.items() if name in known}
    chosen.update(index=config.place(kept["index"]), hosts=tuple(kept["hosts"]), token=config.token())
    settings = Settings(**chosen)
    if not settings.log_queries:
        logging.getLogger("uvicorn.access").addFilter(_WithoutQueries())
    return create_app(settings)
