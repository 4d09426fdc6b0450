"""The program, as `searchkit` and `python -m searchkit` start it in a process of its own."""

from __future__ import annotations

import gc
import sys

__all__ = ["main"]

_NEW_OBJECTS = 100_000
"""New objects after which garbage is looked for.

Imports make some 90,000 that stay: with Python's 700 a command of 0.2 s spent 20 ms on looking through them.
"""


_INTERRUPTED = 130
"""Exit status after Ctrl-C, also while the program that would tell of it is still being loaded."""


def main() -> None:
    """Run the command line, and exit with its status."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
    try:
        from searchkit.cli import main as program

        program()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    finally:
        # The interpreter looks for garbage once more as it ends, among all that ends with it anyway: 15 ms.
        gc.freeze()


if __name__ == "__main__":
    main()
