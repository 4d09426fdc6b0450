"""The examples of docs/web.md are real: they are run against a server started as people start it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

DOCUMENT = (Path(__file__).resolve().parents[2] / "docs" / "web.md").read_text("utf-8")
PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def server(index: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "searchkit", "serve", "--index", str(index), "--port", str(PORT)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for _ in range(300):
        try:
            urlopen(f"{ADDRESS}/healthz").close()
            break
        except URLError:
            time.sleep(0.1)
    yield process
    process.kill()
    process.communicate()


def test_the_python_example(server: subprocess.Popen[str], capsys: pytest.CaptureFixture[str]) -> None:
    [example] = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
    exec(example, {"address": ADDRESS})
    assert capsys.readouterr().out.startswith("9 [")


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_curl_example(server: subprocess.Popen[str]) -> None:
    [line] = re.findall(r"^\$ (curl .*)$", DOCUMENT, re.MULTILINE)
    done = subprocess.run(line.replace(":8000", f":{PORT}"), shell=True, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["total"] == 9


def test_the_log_keeps_queries_to_itself_and_a_stop_is_clean(index: Path) -> None:
    command = [sys.executable, "-m", "searchkit", "serve", "--index", str(index), "--port", str(PORT + 1)]
    process = subprocess.Popen(command, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True)
    for _ in range(300):
        try:
            urlopen(f"http://127.0.0.1:{PORT + 1}/?q=reclamation").close()
            break
        except URLError:
            time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    told, _ = process.communicate(timeout=30)
    assert "GET / HTTP" in told
    assert "reclamation" not in told
    assert process.returncode in (0, -signal.SIGTERM)


def test_a_server_for_everybody_is_refused(index: Path) -> None:
    command = [sys.executable, "-m", "searchkit", "serve", "--index", str(index), "--host", "0.0.0.0"]
    environment = {name: value for name, value in os.environ.items() if name != "SEARCHKIT_TOKEN"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "SEARCHKIT_TOKEN" in done.stderr
