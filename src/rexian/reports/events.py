"""What happens to the figures of a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthClosed(Event):
    """The figures of a month were frozen; ``month`` is written like 2026-11."""

    name: ClassVar[str] = "reports.month_closed"
    noun: ClassVar[str] = "organisation"

    month: str
