"""A node killed and another one cut off, during a bulk write and queries: is a speech lost, doubled, misanswered?

    scripts/opensearch start
    python tests/benchmarks/cluster_faults.py INDEX

INDEX, a folder, is copied to the cluster twice.  While the second copy is written node 2 is killed (SIGKILL) and comes
back; when the cluster is green again node 3 is cut off (SIGSTOP: it neither answers nor closes a connection) for half a
minute.  All the while readers ask; every answer must be that of the former generation until the switch, or an error
that names what is away.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from pathlib import Path

import searchkit
from searchkit.engines.cluster import Connection, parse_address
from searchkit.errors import SearchkitError

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("OPENSEARCH_HOME") or Path.home() / ".cache" / "searchkit" / "opensearch")
PORT = int(os.environ.get("OPENSEARCH_PORT", "9200"))
NODES = ",".join(f"127.0.0.1:{PORT + number}" for number in range(3))
QUERIES = ("government", '"the minister"', "health NEAR/5 care", "speaker:lee", "said:government", "declar*")
CUT_OFF = 30.0


def node(number: int) -> int:
    return int((HOME / f"node{number}" / "pid").read_text())


class Readers:
    """Ask without pause, and hold every answer against what the folder says."""

    def __init__(self, address: str, expected: dict[str, int]) -> None:
        self.asked = self.wrong = 0
        self.errors: Counter[str] = Counter()
        self.longest = 0.0
        self._expected = expected
        self._address = address
        self._done = threading.Event()
        self._threads = [threading.Thread(target=self._ask) for _ in range(2)]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        with searchkit.open(self._address) as speeches:
            while not self._done.is_set():
                for query, total in self._expected.items():
                    began = time.monotonic()
                    try:
                        self.wrong += speeches.search(query, facets=["speaker"], limit=5).total != total
                    except SearchkitError as error:
                        self.errors[f"{type(error).__name__}: {str(error)[:110]}"] += 1
                    self.asked += 1
                    self.longest = max(self.longest, time.monotonic() - began)


class Faults:
    """Kills node 2 and cuts off node 3 at given shares of the copy."""

    def __init__(self, connection: Connection) -> None:
        self.events: list[str] = []
        self._connection = connection
        self._began = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        share = done / total
        if share >= 0.2 and not self.events:
            os.kill(node(2), signal.SIGKILL)
            self._tell(f"node 2 killed at {done:,} of {total:,} speeches")
        elif share >= 0.5 and len(self.events) == 1:
            subprocess.run([ROOT / "scripts" / "opensearch", "start-node", "2"], check=True)
            wait_until_green(self._connection)
            self._tell("node 2 is back, the cluster green")
            stopped = node(3)
            os.kill(stopped, signal.SIGSTOP)
            threading.Timer(CUT_OFF, os.kill, (stopped, signal.SIGCONT)).start()
            self._tell(f"node 3 cut off for {CUT_OFF:.0f} s at {done:,} of {total:,} speeches")

    def _tell(self, event: str) -> None:
        self.events.append(f"{time.monotonic() - self._began:6.1f} s  {event}")


def wait_until_green(connection: Connection) -> None:
    params = {"wait_for_nodes": "3", "wait_for_status": "green", "timeout": "15s"}
    for _ in range(20):
        try:
            if not connection.request("GET", "/_cluster/health", params=params, timeout=20)["timed_out"]:
                return
        except SearchkitError:
            time.sleep(1)
    raise SystemExit("the cluster is not green again")


def main(folder: str) -> int:
    address = f"opensearch://{NODES}/faults-{uuid.uuid4().hex[:8]}"
    connection = Connection(parse_address(address))
    with searchkit.open(folder) as speeches:
        expected = {query: speeches.count(query).total for query in QUERIES}
        count = len(speeches)
    former = searchkit.copy(folder, address)
    faults = Faults(connection)
    with Readers(address, expected) as readers:
        report = searchkit.copy(folder, address, listener=faults)
    wait_until_green(connection)
    with searchkit.open(address) as speeches:
        engine = speeches._current().engine
        ids = Counter(speech.id for speech, *_ in engine.everything())
        after = {query: speeches.count(query).total for query in QUERIES}
        live = speeches.generation
    found = {
        "events": faults.events,
        "speeches": {"sent": count, "there": len(ids), "doubled": sum(many > 1 for many in ids.values())},
        "sent again": report.sent_again,
        "same answers after": after == expected,
        "switched": (former.generation, live),
        "readers": {
            "asked": readers.asked,
            "wrong": readers.wrong,
            "longest": f"{readers.longest:.1f} s",
            "errors": readers.errors,
        },
        "seconds": {"undisturbed": round(former.seconds, 1), "disturbed": round(report.seconds, 1)},
    }
    print(json.dumps(found, indent=1))
    for index in connection.request("GET", f"/_cat/indices/{parse_address(address).name}*", params={"format": "json"}):
        connection.request("DELETE", f"/{index['index']}", missing_allowed=True)
    return int(readers.wrong > 0 or len(ids) != count or after != expected)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
