"""Runs the application: one process, or several that share the memory-mapped index."""

from __future__ import annotations

import json
import logging
import socket
from dataclasses import asdict, fields, replace

import uvicorn
from fastapi import FastAPI
from uvicorn.config import STARTUP_FAILURE
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

import searchkit
from searchkit import config
from searchkit.errors import UsageError
from searchkit.web.app import create_app
from searchkit.web.settings import Settings

__all__ = ["Processes", "run", "worker"]

_GRACE = 10
"""Seconds that answers under way get when the server is told to stop."""
_ON_THE_WAY = 0.5
"""Seconds from a connection to its request, as long as it is waited for when the server stops."""
_MOST_CONNECTIONS = 1_000


class _WithoutQueries(logging.Filter):
    """Cuts the query off the addresses in the log: what people look for is theirs."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) > 2 and isinstance(record.args[2], str):
            record.args = (*record.args[:2], record.args[2].partition("?")[0], *record.args[3:])
        return True


class _Arriving(HttpToolsProtocol):
    """A connection that is not cut off before its request came, where the server stops as it is being made."""

    def shutdown(self) -> None:
        """Close the connection, at once or once its answer is given."""
        if getattr(self, "cycle", None) is None:
            self.loop.call_later(_ON_THE_WAY, super().shutdown)
        else:
            super().shutdown()


class Processes(Multiprocess):
    """Several processes behind one socket, which is let go first of all when they are told to stop.

    As long as it is open anywhere, the kernel takes in connections that nobody will answer, and cuts them off at the
    end. Once it is closed it refuses them, and whoever asks knows that nothing was begun.
    """

    def terminate_all(self) -> None:
        """Tell the processes to stop."""
        for listening in self.sockets:
            listening.close()
        super().terminate_all()


def run(settings: Settings, workers: int = 1) -> None:
    """Serve until told to stop.  Raises IndexMissing or IndexDamaged at once if there is nothing to serve.

    Raises UsageError if a supervisor handed over a socket that anybody on the network can reach.
    """
    searchkit.open(settings.index).close()
    inherited = _inherited()
    if inherited is not None:
        try:
            settings = replace(settings, host=_address(inherited))
        except UsageError:
            inherited.close()
            raise
    config.hand_over(json.dumps({**asdict(settings), "index": str(settings.index), "token": None}))
    served = uvicorn.Config(
        "searchkit.web.serving:worker",
        factory=True,
        host=settings.host,
        port=settings.port,
        workers=workers,
        proxy_headers=settings.behind_proxy,
        server_header=False,
        http=_Arriving,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    sockets = None if inherited is None else [inherited]
    if workers == 1:
        server = uvicorn.Server(served)
        server.run(sockets)
        if not server.started:
            raise SystemExit(STARTUP_FAILURE)
    else:
        Processes(served, sockets=sockets or [served.bind_socket()]).run()


def _inherited() -> socket.socket | None:
    """The socket that a supervisor opened, and keeps open when we stop: whoever connects meanwhile waits."""
    descriptor = config.inherited_socket()
    return None if descriptor is None else socket.socket(fileno=descriptor)


def _address(listening: socket.socket) -> str:
    """Where does it listen?  A socket in the file system is reached by this machine alone."""
    return "localhost" if listening.family == socket.AF_UNIX else str(listening.getsockname()[0])


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
