"""Where is an index on a cluster?  `opensearch://host:9200,other:9200/speeches`: its nodes and its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from searchkit.config import CLUSTER_SCHEME
from searchkit.errors import UsageError

__all__ = ["ClusterAddress", "parse_address"]

_PORT = 9200
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}\Z")
_NODE = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(?P<port>[0-9]{1,5}))?\Z")
_LOOPBACK = re.compile(r"localhost\Z|127\.|\[::1\]\Z")


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """The nodes of a cluster that may be asked, and the name of one index there."""

    nodes: tuple[tuple[str, int], ...]
    """Host and port of each; any of them answers for all."""
    name: str
    """The alias of the live generation."""

    def __str__(self) -> str:
        nodes = ",".join(f"{host}:{port}" for host, port in self.nodes)
        return f"{CLUSTER_SCHEME}{nodes}/{self.name}"

    @property
    def is_local(self) -> bool:
        """Does every node listen on this machine alone, so that nothing crosses a network?"""
        return all(_LOOPBACK.match(host) for host, _ in self.nodes)


def parse_address(text: str) -> ClusterAddress:
    """Which index on which cluster is meant by `text`?  Raises UsageError that shows how it is written."""
    rest = text.removeprefix(CLUSTER_SCHEME)
    nodes, _, name = rest.partition("/")
    if "@" in nodes:
        raise UsageError(
            "a password does not belong into an address, where other programs see it; "
            "set SEARCHKIT_OPENSEARCH_USER and SEARCHKIT_OPENSEARCH_PASSWORD"
        )
    matches = [_NODE.match(node) for node in nodes.split(",")]
    name = name.rstrip("/")
    if rest == text or not all(matches) or not _NAME.match(name):
        raise UsageError(
            f"{text!r} names no index on a cluster; write opensearch://HOST:9200/NAME, "
            "the name in small letters, digits, - and _"
        )
    found = tuple((match["host"], int(match["port"] or _PORT)) for match in matches if match)
    if any(port > 65_535 for _, port in found):
        raise UsageError(f"{text!r}: a port is at most 65535")
    return ClusterAddress(found, name)
