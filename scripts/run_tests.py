"""Run all tests: on SQLite, then what needs a database on PostgreSQL; in the end nothing runs.

Whatever the tests have started and not ended is ended here, told, and a failure. Arguments are
handed on to both runs. On Linux nothing escapes: a process that loses its parent becomes a child of
this one, and the tests end when this one is killed.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS: Mapping[str, list[str]] = {"SQLite": [], "PostgreSQL": ["--database", "postgresql"]}
INTERRUPTED = 130
PATIENCE = 20.0
"""So many seconds what was told to end has for it."""

_SIGNAL_WHEN_PARENT_DIES, _ADOPT_ORPHANS = 1, 36  # of Linux' prctl()
_IS_LINUX = sys.platform == "linux"


def main() -> int:
    """Run the tests of each database, and return the exit status."""
    _control(_ADOPT_ORPHANS, 1)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    failed = [name for name, options in RUNS.items() if not _passes(name, options)]
    if failed:
        print(f"Failed on {' and '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


def _passes(name: str, options: list[str]) -> bool:
    begun = time.monotonic()
    print(f"Tests on {name}", flush=True)
    # Processes are started by the hundred, most of them of our program: it is compiled once.
    environment = {key: os.environ[key] for key in os.environ if key != "PYTHONDONTWRITEBYTECODE"}
    tests = subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, *sys.argv[1:]],
        cwd=ROOT,
        env=environment,
        preexec_fn=_end_with_us if _IS_LINUX else None,  # noqa: PLW1509 - there are no threads yet
    )
    try:
        status = tests.wait()
    except KeyboardInterrupt:
        _stop(tests)
        _end_what_is_left()
        raise SystemExit(INTERRUPTED) from None
    left = _end_what_is_left()
    for command in left:
        print(f"Still running after the tests: {command}", file=sys.stderr)
    print(f"{time.monotonic() - begun:.0f} s on {name}", flush=True)
    return status == 0 and not left


def _stop(tests: subprocess.Popen[bytes]) -> None:
    """Have the tests end as if by Ctrl-C, so that they tidy up; at the latest by force."""
    tests.send_signal(signal.SIGINT)
    try:
        tests.wait(PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        tests.kill()
        tests.wait()


def _end_what_is_left() -> list[str]:
    """End every process that descends from this one, and return what did not end by itself."""
    given_up_at = time.monotonic() + 5
    while _children() and time.monotonic() < given_up_at:
        time.sleep(0.05)
    left = []
    while children := _children():
        for one in children:
            left.append(_command(one))
            os.kill(one, signal.SIGKILL)
            os.waitpid(one, 0)
    return left


def _children() -> list[int]:
    """Return the children that are running, and forget those that have ended."""
    if not _IS_LINUX:
        return []
    me = os.getpid()
    found = map(int, Path(f"/proc/{me}/task/{me}/children").read_text("ascii").split())
    return [one for one in found if os.waitpid(one, os.WNOHANG) == (0, 0)]


def _command(process: int) -> str:
    words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    return b" ".join(words).decode(errors="replace")[:200]


def _end_with_us() -> None:
    _control(_SIGNAL_WHEN_PARENT_DIES, signal.SIGTERM)


def _control(what: int, value: int) -> None:
    if _IS_LINUX:
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


if __name__ == "__main__":
    sys.exit(main())
