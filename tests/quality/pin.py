"""Pin the floors of floors.toml to what is measured now: `python tests/quality/pin.py [--lower]`, from the checkout.

Floors that are lower than what is measured are raised; one that would have to be lowered is named and left, unless
--lower says that it is meant. The margin keeps a floor from failing over a library's next version.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from quality import bodies, plain, transcripts
from quality.floors import FLOORS

MARGIN = 0.005
MEASURED = {"bodies": bodies.measured, "transcripts": transcripts.measured, "plain": plain.measured}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--lower", action="store_true", help="lower floors too")
    lower = arguments.parse_args().lower
    text = FLOORS.read_text("utf-8")
    refused = 0
    for table, floors in tomllib.loads(text).items():
        for name, value in MEASURED[table]().items():
            if name not in floors:
                continue
            new = round(value if value == 1 else value - MARGIN, 4)
            if new < floors[name] and not lower:
                if value < floors[name]:
                    print(
                        f"{table}.{name}: measured {value:.4f}, below its floor {floors[name]}; --lower would lower it"
                    )
                    refused = 1
                continue
            text = re.sub(rf"(?s)(\[{table}\].*?\n{name} = )[\d.]+", rf"\g<1>{new}", text, count=1)
    FLOORS.write_text(text, "utf-8")
    return refused


if __name__ == "__main__":
    sys.exit(main())
