"""Settings from outside: the only module that reads the environment."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from searchkit.errors import UsageError

__all__ = [
    "CLUSTER_SCHEME",
    "ClusterSettings",
    "cache_folder",
    "cluster_place",
    "cluster_settings",
    "colors_pipes",
    "DEFAULT_INDEX",
    "completing_shell",
    "hand_over",
    "handed_over",
    "cluster_folder",
    "index_path",
    "let_less_show_colors",
    "place",
    "shows_tracebacks",
    "token",
    "watches_path",
    "worker_count",
]

DEFAULT_INDEX = "index"
"""Where an index is built and looked for when nothing else is said: ./index."""


CLUSTER_SCHEME = "opensearch://"
"""How the address of an index on a cluster begins; anything else is a folder."""


def index_path(option: str | os.PathLike[str] | None = None) -> Path:
    """Where is the index?  `option` if given, else SEARCHKIT_INDEX, else ./index; always absolute.

    Raises UsageError for an index on a cluster: whoever can work with one asks `cluster_place` first.
    """
    address = cluster_place(option)
    if address is not None:
        raise UsageError(
            f"this needs an index in a folder, and {address} is one on a cluster; "
            f"searchkit copy {address} FOLDER makes a folder of it"
        )
    return Path(option or os.environ.get("SEARCHKIT_INDEX") or DEFAULT_INDEX).expanduser().absolute()


def cluster_place(option: str | os.PathLike[str] | None = None) -> str | None:
    """Which address on a cluster has the index?  None where it is a folder."""
    place = os.fspath(option or os.environ.get("SEARCHKIT_INDEX") or DEFAULT_INDEX)
    return place if place.startswith(CLUSTER_SCHEME) else None


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """How to get into a cluster.  Never on the command line, never in a log."""

    user: str | None = None
    password: str = field(default="", repr=False)
    api_key: str | None = field(default=None, repr=False)
    authority: str | None = None
    """The file with the certificates that are trusted; else those of the system."""
    tls: bool | None = None
    """Is the connection encrypted?  None: unless the cluster is on this machine."""


_CLUSTER_NAMES = {"user": "USER", "password": "PASSWORD", "api_key": "API_KEY", "authority": "CA", "tls": "TLS"}
_TLS = {"on": True, "off": False}


def cluster_settings() -> ClusterSettings:
    """How to get into a cluster?

    SEARCHKIT_OPENSEARCH_USER, _PASSWORD, _API_KEY, _CA and _TLS (on or off), and for those that are not set the keys
    user, password, api_key, ca and tls of the TOML file SEARCHKIT_OPENSEARCH_CREDENTIALS.  Raises UsageError for a file
    that others can read, or that says something else.
    """
    given: dict[str, str] = {}
    file = os.environ.get("SEARCHKIT_OPENSEARCH_CREDENTIALS")
    if file:
        given |= _credentials(Path(file).expanduser())
    for name in _CLUSTER_NAMES.values():
        value = os.environ.get(f"SEARCHKIT_OPENSEARCH_{name}")
        if value:
            given[name.lower()] = value
    tls = given.get("tls")
    if tls is not None and tls not in _TLS:
        raise UsageError("SEARCHKIT_OPENSEARCH_TLS is on or off")
    return ClusterSettings(
        given.get("user"),
        given.get("password", ""),
        given.get("api_key"),
        given.get("ca"),
        None if tls is None else _TLS[tls],
    )


def _credentials(file: Path) -> dict[str, str]:
    try:
        if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise UsageError(f"{file} holds credentials and others can read it: chmod 600 {file}")
        import tomllib  # of use to an index on a cluster alone

        kept = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"SEARCHKIT_OPENSEARCH_CREDENTIALS: {file}: {error.strerror or error}") from error
    except ValueError:
        # not the library's message: it may show a part of the file
        raise UsageError(f"{file} is not a TOML file with user, password, api_key, ca, tls") from None
    allowed = [name.lower() for name in _CLUSTER_NAMES.values()]
    for key, value in kept.items():
        if key not in allowed or not isinstance(value, str):
            raise UsageError(f"{file}: {key} is not one of the texts {', '.join(allowed)}")
    return kept


def place(option: str | os.PathLike[str] | None = None) -> Path | str:
    """Where is the index?  A folder, absolute, or an address on a cluster."""
    return cluster_place(option) or index_path(option)


def cluster_folder(address: str) -> Path:
    """Where on this machine stands what belongs to the index at `address`: what builds work with, saved queries?

    Below SEARCHKIT_WORK, else XDG_DATA_HOME/searchkit, else ~/.local/share/searchkit.
    """
    import hashlib  # of use to an index on a cluster alone

    data = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share") / "searchkit"
    name = re.sub(r"[^a-z0-9_.-]+", "-", address.removeprefix(CLUSTER_SCHEME).lower()).strip("-.")
    digest = hashlib.sha256(address.encode()).hexdigest()[:8]
    return Path(os.environ.get("SEARCHKIT_WORK") or data).expanduser().absolute() / f"{name[-60:]}-{digest}"


def cache_folder() -> Path | None:
    """Where may something stand that is only quicker to find than to make?  None: there is no such place.

    In SEARCHKIT_CACHE, else XDG_CACHE_HOME/searchkit, else ~/.cache/searchkit; it can be removed at any time.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "searchkit"
    try:
        return Path(os.environ.get("SEARCHKIT_CACHE") or cache).expanduser().absolute()
    except RuntimeError:  # nobody's home
        return None


def watches_path(index: Path | str, option: str | None = None) -> Path:
    """Where are the saved queries for `index`?  `option` if given, else SEARCHKIT_WATCHES, else beside the index."""
    given = option or os.environ.get("SEARCHKIT_WATCHES")
    if isinstance(index, str) and not given:
        return cluster_folder(index) / "watches"
    index = Path(index)
    return Path(given).expanduser().absolute() if given else index.with_name(f"{index.name}.watches")


def worker_count(option: int | None = None) -> int:
    """How many worker processes read and clean pages?  `option` if given, else one for each core we may use."""
    if option is not None:
        return max(1, option)
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity is not None else (os.cpu_count() or 1)


def shows_tracebacks() -> bool:
    """Is an unexpected error shown with its traceback?  Where SEARCHKIT_DEBUG is set, and not to 0."""
    return os.environ.get("SEARCHKIT_DEBUG", "0") not in ("", "0")


def colors_pipes() -> bool:
    """Are answers in colour even where no terminal is?  Where FORCE_COLOR is set, or TTY_COMPATIBLE to 1."""
    return bool(os.environ.get("FORCE_COLOR")) or os.environ.get("TTY_COMPATIBLE") == "1"


def token() -> str | None:
    """What must a client of the server show?  SEARCHKIT_TOKEN, which no list of processes shows; None if unset."""
    return os.environ.get("SEARCHKIT_TOKEN") or None


_SERVER = "SEARCHKIT_SERVER"


def inherited_socket() -> int | None:
    """Which file descriptor is the socket that a supervisor opened for us (systemd's socket activation), if one did?"""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or os.environ.get("LISTEN_FDS") != "1":
        return None
    return 3


def hand_over(settings: str) -> None:
    """Leave the server's settings to the processes that it starts."""
    os.environ[_SERVER] = settings


def handed_over() -> str:
    """Which settings has the server left to this process?"""
    return os.environ[_SERVER]


def let_less_show_colors() -> None:
    """Have the pager less show colours rather than their codes, unless LESS says already how it is to behave."""
    os.environ.setdefault("LESS", "-R")


def completing_shell() -> str | None:
    """Which shell asks to complete a line: bash, zsh or fish?  None if none does."""
    return os.environ.get("_SEARCHKIT_COMPLETE", "").partition("_")[0] or None
