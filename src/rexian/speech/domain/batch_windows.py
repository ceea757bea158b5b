"""Between which hours of the day recordings are heard: tonight from 22:00 to 06:00."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from rexian.kernel.calendar.instants import DAY, instant_at, local_day


@dataclass(frozen=True, slots=True)
class Window:
    """From ``opens`` to ``closes`` each day, over midnight where it closes before it opens.

    Both are times of day at the organisation; alike, or without either, it is always open.
    """

    opens: time | None = None
    closes: time | None = None

    @property
    def is_always_open(self) -> bool:
        """Tell whether there is no hour at which nothing is heard."""
        return self.opens is None or self.closes is None or self.opens == self.closes

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Tell whether something may be heard at an instant."""
        if self.opens is None or self.closes is None or self.opens == self.closes:
            return True
        now = at.astimezone(zone).time()
        if self.opens < self.closes:
            return self.opens <= now < self.closes
        return now >= self.opens or now < self.closes

    def next_open(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return ``at`` where it is open then, else when it opens next."""
        if self.opens is None or self.is_open(at, zone):
            return at
        today = local_day(at, zone)
        coming = instant_at(today, self.opens, zone)
        return coming if coming > at else instant_at(today + DAY, self.opens, zone)
