"""What can be wrong with a calendar.

Invalid              422
├── NeverOpen              it never opens, or never again: no sum over it would end
├── NaiveInstant           an instant without a time zone
├── BadCalendar            a field of a description that makes no sense; ``field`` names it
└── BadHolidays            a file of holidays that cannot be taken over; ``file`` and ``line``
"""

from __future__ import annotations

from rexian.kernel.errors import Invalid


class NeverOpen(Invalid):
    """A calendar without any opening, or without a further one, so that no sum would end."""

    code = "never-open"


class NaiveInstant(Invalid):
    """An instant without a time zone: nobody can say when it is."""

    code = "naive-instant"


class BadCalendar(Invalid):
    """Something in the description of a calendar or a span that makes no sense.

    Where a description is read, ``field`` says which part of it is meant: ``seasons[0].hours``.
    """

    code = "bad-calendar"

    def sentence(self, language: str) -> str:
        """Return what is wrong in ``language``, after the name of the field where there is one."""
        told, field = super().sentence(language), self.details.get("field")
        return f"{field}: {told}" if field else told

    def inside(self, field: str) -> BadCalendar:
        """Return the same error as one about a part of ``field``."""
        inner = self.details.get("field", "")
        joint = "" if not inner or inner.startswith("[") else "."
        return BadCalendar(self.template, **self.details | {"field": f"{field}{joint}{inner}"})


class BadHolidays(Invalid):
    """A file of public holidays that cannot be taken over, in whole or in part."""

    code = "bad-holidays"
