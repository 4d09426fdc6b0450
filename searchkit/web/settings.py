"""How a server is set up, and whether that is safe."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import UsageError

__all__ = ["Settings", "is_loopback"]

_LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def is_loopback(host: str) -> bool:
    """Does only this machine reach a server that is bound to `host`?"""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Settings:
    """What `searchkit serve` was told.

    Raises UsageError if anybody on the network could read the index: an address other than loopback needs a token,
    or a proxy in front that is trusted to let in the right people.
    """

    index: Path | str
    """A folder, or the address of an index on a cluster."""
    host: str = "127.0.0.1"
    port: int = 8000
    token: str | None = None
    """What a client must show, in the header `Authorization: Bearer …` or in a cookie that the log-in page sets."""
    behind_proxy: bool = False
    hosts: tuple[str, ...] = ()
    """Further names under which browsers may ask for the page (the header Host)."""
    seconds: float = 10.0
    """A question that takes longer is given up."""
    concurrent: int = 16
    """Questions answered at the same time; more are told to come back."""
    log_queries: bool = False

    def __post_init__(self) -> None:
        if not is_loopback(self.host) and not self.token and not self.behind_proxy:
            raise UsageError(
                f"--host {self.host} can be reached from other machines: set a token in SEARCHKIT_TOKEN, "
                "or say --behind-proxy if a proxy in front decides who may ask"
            )
        if self.token is not None and len(self.token) < 16:
            raise UsageError("the token in SEARCHKIT_TOKEN is too short to be a secret: give it 16 characters or more")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """Which names may stand in the header Host, without the port?  Anything else may be DNS rebinding."""
        named = () if self.host in ("0.0.0.0", "::") else (self.host,)
        return frozenset(name.lower() for name in (*_LOOPBACK_NAMES, *named, *self.hosts))
