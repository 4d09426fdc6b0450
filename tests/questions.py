"""Pages of questions, each with its command and what that prints; and the corpora that docs/questions.md asks.

    python tests/questions.py        has every command of docs/questions.md print anew, where the corpora are at hand

Look at the difference before it is kept: a count that changed is a bug until somebody knows why.
"""

from __future__ import annotations

import contextlib
import lzma
import os
import re
import shlex
import shutil
import sys
import tarfile
import tempfile
from pathlib import Path

from click.testing import CliRunner

from searchkit.cli import main

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "questions.md"
DATA = ROOT.parent / "shared" / "data"
CONTRIBUTIONS = DATA / "contributions-20k.jsonl.xz"

_ASKED = re.compile(r"(?<=^```console\n\$ searchkit )([^\n]*)\n(.*?)(?=\n```$)", re.MULTILINE | re.DOTALL)
_BUILDS = re.compile(r"^    searchkit (build .*)$", re.MULTILINE)


def asked(page: Path) -> list[tuple[str, str]]:
    """Every command of `page`, and what it is said to print."""
    return _ASKED.findall(page.read_text("utf-8"))


def printed(command: str, index: Path | None = None) -> str:
    """What does searchkit print when asked so?  Its mistakes of usage too: they go elsewhere, but are seen as well."""
    env = None if index is None else {"SEARCHKIT_INDEX": str(index)}
    result = CliRunner().invoke(main, shlex.split(command), env=env)
    shown = result.stdout + (result.stderr if result.exit_code == 2 else "")
    return "\n".join(line.rstrip() for line in shown.rstrip().splitlines())


def build(folder: Path, contributions: Path | None = None) -> None:
    """Lay the corpora out below `folder` and build an index of each as docs/questions.md says; `contributions` is there
    already, if given."""
    if contributions is None:
        (folder / "contributions-20k.jsonl").write_bytes(lzma.decompress(CONTRIBUTIONS.read_bytes()))
    else:
        (folder / "contributions").symlink_to(contributions)
    _unpack("hansard-dev.tar.xz", folder / "pages" / "sittings", re.compile(r"\.html$"))
    _unpack("state-addresses.tar.xz", folder / "pages" / "addresses", re.compile(r"20[12]\d\.txt$|metadata\.csv$"))
    _unpack("campaign-transcripts.tar.xz", folder / "pages" / "campaign", re.compile(r"^(?!.*Interview with).*\.txt$"))
    shutil.copytree(DATA / "polnear-dev" / "text", folder / "pages" / "news")
    with contextlib.chdir(folder):
        for line in _BUILDS.findall(PAGE.read_text("utf-8")):
            if contributions is None or "contributions" not in line:
                result = CliRunner().invoke(main, shlex.split(line))
                assert result.exit_code == 0, result.output


def _unpack(archive: str, folder: Path, wanted: re.Pattern[str]) -> None:
    folder.mkdir(parents=True)
    with tarfile.open(DATA / archive) as members:
        for member in members:
            if member.isfile() and wanted.search(Path(member.name).name):
                content = members.extractfile(member)
                assert content is not None
                (folder / Path(member.name).name).write_bytes(content.read())


def rewrite() -> None:
    """Have every command of docs/questions.md print anew."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        build(Path(folder))
        text = _ASKED.sub(lambda found: f"{found[1]}\n{printed(found[1])}", PAGE.read_text("utf-8"))
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    os.environ.pop("SEARCHKIT_INDEX", None)
    sys.exit(rewrite())
