"""Runs the command line as `python -m searchkit`."""

from searchkit.cli import main

if __name__ == "__main__":
    main(prog_name="python -m searchkit")
