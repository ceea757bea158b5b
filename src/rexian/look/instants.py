"""An instant as people read it: in the organisation's time zone, alike in every language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def local_text(at: datetime, time_zone: str) -> str:
    """Return an instant as ``2026-11-22 17:03`` in a time zone such as ``Asia/Shanghai``."""
    return at.astimezone(ZoneInfo(time_zone)).strftime("%Y-%m-%d %H:%M")
