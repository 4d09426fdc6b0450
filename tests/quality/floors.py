"""The pinned floors of floors.toml, and what there is below them."""

from __future__ import annotations

import tomllib
from pathlib import Path

__all__ = ["FLOORS", "below"]

FLOORS = Path(__file__).with_name("floors.toml")


def below(what: str, measured: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Which figures of the table `what` are below their floors?  Name to (measured, floor)."""
    floors = tomllib.loads(FLOORS.read_text("utf-8"))[what]
    assert floors.keys() <= measured.keys()
    return {name: (measured[name], floor) for name, floor in floors.items() if measured[name] < floor}
