"""How a sum was reached, told to a reader: one line a step, in the reader's language."""

from __future__ import annotations

from datetime import timedelta

from rexian.kernel.calendar.calendars import Reason
from rexian.kernel.calendar.explanations import DueAt, Step
from rexian.kernel.calendar.festivals import festival
from rexian.kernel.language import mark, translate, translate_count

_REASONS = {
    Reason.EVERY_DAY: mark("{days}"),
    Reason.WORKDAY: mark("{days}, workday"),
    Reason.WEEKEND: mark("{days}, weekend"),
    Reason.HOLIDAY: mark("{days}, public holiday ({name})"),
    Reason.MAKE_UP_DAY: mark("{days}, make-up workday ({name})"),
    Reason.SPECIAL_DAY: mark("{days}, special arrangement ({name})"),
    Reason.CLOSED: mark("{days}, closed"),
    Reason.OUT_OF_HOURS: mark("{days}, outside service hours"),
    Reason.START_DAY: mark("{days}, day of the start"),
    Reason.PAUSED: mark("{days}, paused"),
}
_SECONDS_A_MINUTE = 60


def sentences(due: DueAt, language: str) -> list[str]:
    """Return the lines that explain a sum, the last one saying what makes it provisional."""
    lines = [sentence(step, language) for step in due.explanation]
    if due.provisional:
        lines.append(
            translate(
                "Provisional: the public holidays of {years} are not published yet.",
                language,
                years=translate(", ", language).join(map(str, due.unpublished)),
            )
        )
    return lines


def sentence(step: Step, language: str) -> str:
    """Return one step: which days, what they are, and what of them counted."""
    name = festival(step.name, language) if step.name else translate("not named", language)
    what = translate(_REASONS[step.reason], language, days=_days(step, language), name=name)
    if step.openings:
        hours = translate(", ", language).join(map(str, step.openings))
        what = translate("{what}, open {hours}", language, what=what, hours=hours)
    return translate("{what}: {counted}", language, what=what, counted=_counted(step, language))


def _days(step: Step, language: str) -> str:
    first, last = step.first.isoformat(), step.last.isoformat()
    if first == last:
        return first
    return translate("{first} to {last}", language, first=first, last=last)


def _counted(step: Step, language: str) -> str:
    if not step.counted:
        return translate("does not count", language)
    if step.time:
        return _length(step.time, language)
    return translate_count("{count} day", "{count} days", step.days, language)


def _length(time: timedelta, language: str) -> str:
    minutes, seconds = divmod(round(time.total_seconds()), _SECONDS_A_MINUTE)
    hours, minutes = divmod(minutes, 60)
    told = [
        translate(text, language, number=number)
        for text, number in (
            (mark("{number} h"), hours),
            (mark("{number} min"), minutes),
            (mark("{number} s"), seconds),
        )
        if number
    ]
    return " ".join(told) or translate(mark("{number} s"), language, number=0)
