"""The command ``rexian``, also as ``python -m rexian``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    from rexian.cli.application import run  # noqa: PLC0415 - the editors' import of this stays cheap

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
