"""A worker in a process of its own, which tells its parent where it is and can be killed there.

Run as ``python -m tests.clockwork.killable WHAT NUMBER``: it fires or works until nothing is due;
``hold`` makes it stand still in the middle of the one of that NUMBER, ``go`` never.
"""

from __future__ import annotations

import sys

import django

django.setup()

from rexian.clockwork.services.working import Worker  # noqa: E402
from tests.clockwork.performers import NOW, Script  # noqa: E402 - needs the settings


def say(_: object) -> None:
    """Tell the parent that one is under way, then stand still if it is the one to be killed in."""
    global reached  # noqa: PLW0603
    reached += 1
    sys.stdout.write(f"{reached}\n")
    sys.stdout.flush()
    if sys.argv[1] == "hold" and reached == int(sys.argv[2]):
        sys.stdin.read()


reached = 0
Script.fire = Script.run = say
Worker("killable").tick(NOW)
