"""How several processes behind one socket come to an end."""

from __future__ import annotations

import signal
import socket

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
import uvicorn

from searchkit.web.serving import Processes


def test_connections_are_refused_before_the_processes_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    listening = socket.create_server(("127.0.0.1", 0))
    address = listening.getsockname()
    stopped = []

    class Told:
        def terminate(self) -> None:
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(address, timeout=5)
            stopped.append(self)

    processes = Processes(uvicorn.Config("nothing:nothing"), sockets=[listening])
    processes.processes = [Told(), Told()]  # type: ignore[list-item]
    socket.create_connection(address, timeout=5).close()
    processes.terminate_all()
    assert len(stopped) == 2
