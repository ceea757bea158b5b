"""Files that say ``xdist_group("house")`` are run by one process, one after the other, and first.

xdist itself notes a group in a test's id, which pytest 9.2 no longer lets it change: every process
then has a house of its own, without a word (pytest-xdist, issue 1386). A group is a whole file's.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from xdist.scheduler import LoadGroupScheduling  # type: ignore[import-untyped]  # has none

ROOT = Path(__file__).parents[1]
_GROUP = re.compile(r"\bxdist_group\(\"(\w+)\"\)")


class Scheduling(LoadGroupScheduling):  # type: ignore[misc]  # for the same reason
    """Hands tests out one by one, and groups as a whole; the larger ones first."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid.partition("::")[0]) or str(super()._split_scope(nodeid))


@cache
def group_of(file: str) -> str:
    """Return the group that a file of tests belongs to, or nothing."""
    found = _GROUP.search((ROOT / file).read_text("utf-8"))
    return found[1] if found else ""
