"""How servers begin and end: several processes behind one socket, and a socket that outlives its server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra [web] is not installed")
import uvicorn

from searchkit.errors import UsageError
from searchkit.web import Settings
from searchkit.web.serving import Processes, run


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


_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
os.execv(sys.executable, [sys.executable, "-m", "searchkit", "serve", *sys.argv[2:]])
"""


def inheriting(listening: socket.socket, index: Path) -> subprocess.Popen[bytes]:
    """A server that is handed a socket as systemd hands it over: as descriptor 3, told to the process by its number."""
    given = listening.fileno()
    command = [sys.executable, "-c", _HAND_OVER, str(given), "--index", str(index), "--workers", "2"]
    return subprocess.Popen(command, pass_fds=[given], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(os.name != "posix", reason="sockets are handed over on Unix")
def test_no_request_fails_while_a_server_takes_the_place_of_another(index: Path) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port, statuses, over = listening.getsockname()[1], [], threading.Event()

    def ask() -> None:
        while not over.is_set():
            connection = HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", "/api/v1/search?q=peace")
            statuses.append(connection.getresponse().status)
            connection.close()

    asking = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    former = inheriting(listening, index)
    for thread in asking:
        thread.start()
    while len(statuses) < 20:
        time.sleep(0.02)
    former.terminate()
    former.wait(30)
    present = inheriting(listening, index)
    answered = len(statuses)
    while len(statuses) < answered + 20:
        time.sleep(0.02)
    over.set()
    for thread in asking:
        thread.join()
    present.terminate()
    present.wait(30)
    listening.close()
    assert set(statuses) == {200}


def test_a_socket_that_others_reach_needs_a_token(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("0.0.0.0", 0)) as listening:
        monkeypatch.setattr("searchkit.config.inherited_socket", lambda: os.dup(listening.fileno()))
        with pytest.raises(UsageError, match="can be reached from other machines"):
            run(Settings(index))
