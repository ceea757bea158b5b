"""Write the page of documentation about the settings of a server, from their declaration.

Run after a setting has changed. With ``--check`` nothing is written: the exit status is 1 where the
page is not up to date.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rexian.site.configuration import OPTIONS, Option

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "settings.md"
INTRODUCTION = """\
# Settings

A server reads its settings from the environment when it starts; a variable that begins with
`REXIAN_` and is not one of these is refused, so that a slip of the pen does not go unnoticed.
`rexian check` looks them over. How they belong together: [operating](../guide/operating.md).

| variable | without it | what it is |
|---|---|---|
"""
ELSEWHERE = """
Two more are heeded by every command: `REXIAN_LANGUAGE`, the language of the command line, and
`REXIAN_CACHE`, the folder where standards are kept once they have been compiled.
"""


def main() -> int:
    """Write the page, or tell whether it is as it would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    wanted = page()
    if not parser.parse_args().check:
        PAGE.write_text(wanted, "utf-8")
        return 0
    return int(PAGE.read_text("utf-8") != wanted)


def page() -> str:
    """Return the page as it should be."""
    return INTRODUCTION + "".join(_lines()) + ELSEWHERE


def _lines() -> Iterator[str]:
    for option in OPTIONS:
        yield f"| `{option.variable}` | {_default(option)} | {option.meaning} |\n"


def _default(option: Option) -> str:
    return f"`{option.default}`" if option.default else "-"


if __name__ == "__main__":
    sys.exit(main())
