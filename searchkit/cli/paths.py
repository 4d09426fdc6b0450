"""Files that options name to be written: what can never be right is told before anything is done."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["FileToWrite"]


class FileToWrite(click.ParamType[Path]):
    """Is a file that will be written when the work is done, which may be an hour later."""

    name = "file"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Which file does `value` name?  It need not be there yet, but its folder must."""
        text = str(value)
        if not text.strip():
            self.fail("the name of a file is missing: the value is empty", param, ctx)
        path = Path(text)
        if path.is_dir():
            self.fail(f"{text} is a folder; name a file in it", param, ctx)
        if not path.parent.is_dir():
            self.fail(f"there is no folder {path.parent} to write {path.name} in; make it first", param, ctx)
        return path
