"""The figures of a month: what counts, what is left out, and what changes once it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rexian.callbacks.domain.case_calls import SurveyState
from rexian.callbacks.queries import SurveyShown
from rexian.cases.domain.clocks import reckon
from rexian.cases.queries.months import CountedCase, CountedClock
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.spans import Pause, WorkingDays
from rexian.reports.casework.figures import (
    Figure,
    FigureId,
    LeftOut,
    answered,
    called_back,
    difference,
    frozen_rows,
    on_time,
    satisfied,
    satisfied_of_called,
    solved,
)
from rexian.reports.casework.months import by_person, by_unit

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")


def case(number: int, *, hours: float | None = 1, **told: object) -> CountedCase:
    """Return a case that was answered so many hours after it was taken."""
    said: dict[str, object] = {"state": "closed", "standing": "closed", "merged_into": None} | told
    return CountedCase(
        number,
        f"{number}",
        "",
        said["state"],  # type: ignore[arg-type]
        said["standing"],  # type: ignore[arg-type]
        said["merged_into"],  # type: ignore[arg-type]
        NOON,
        None if hours is None else NOON + hours * HOUR,
    )


def clock(
    case_id: int, *, stopped: float | None, breached: bool = False, standing: str = "open"
) -> CountedClock:
    """Return a deadline of noon that was met so many hours after it."""
    stopped_at = None if stopped is None else NOON + stopped * HOUR
    return CountedClock(
        case_id, f"{case_id}", "", standing, None, "answer", NOON, stopped_at,
        NOON if breached else None,
    )  # fmt: skip


def survey(
    number: int,
    *,
    state: SurveyState = SurveyState.ANSWERED,
    happy: bool | None = True,
    called: bool = True,
    share: float = 1.0,
    why: str = "",
    handler: int = 7,
) -> SurveyShown:
    """Return what a customer was asked on a case."""
    return SurveyShown(
        id=number, call=1, case=number, reference=f"{number}", title="", name="",
        form_of_address="", round=1, rule="rule", share=share, state=state, why=why,
        handler=handler, unit=20, done_at=NOON, called_at=NOON if called else None,
        answered_at=NOON if state is SurveyState.ANSWERED else None, answered_by=3,
        solved=happy, satisfied=happy, told="", outcome="",
    )  # fmt: skip


def figures_of(figure: Figure) -> tuple[int, int, Sequence[LeftOut]]:
    """Return numerator, denominator and the reasons for leaving out."""
    return figure.numerator, figure.denominator, sorted(figure.left_out)


def test_what_is_void_merged_or_withdrawn_is_left_out_of_answered() -> None:
    found = answered(
        [
            case(1),
            case(2, hours=None, state="handling", standing="open"),
            case(3, state="void", standing="void"),
            case(4, merged_into=1),
            case(5, state="withdrawn"),
        ]
    )
    assert figures_of(found) == (1, 2, [LeftOut.MERGED, LeftOut.VOID, LeftOut.WITHDRAWN])
    assert found.value == 0.5
    assert answered([]).value is None


def test_a_case_is_on_time_that_kept_every_deadline_of_the_month() -> None:
    at = NOON + HOUR
    found = on_time(
        [
            clock(1, stopped=-1),
            clock(1, stopped=1, breached=True),
            clock(2, stopped=-1),
            clock(3, stopped=None),  # late, though nobody has noted the breach yet
            clock(4, stopped=-1, standing="void"),
        ],
        at=at,
    )
    assert figures_of(found) == (1, 3, [LeftOut.VOID])


def test_a_deadline_that_runs_is_not_counted_yet() -> None:
    assert figures_of(on_time([clock(1, stopped=None)], at=NOON - HOUR)) == (
        0, 0, [LeftOut.RUNNING],
    )  # fmt: skip


def test_the_callback_rate_is_calls_over_cases_done() -> None:
    done = [
        survey(1),
        survey(2, state=SurveyState.WANTED, called=False),
        survey(3, state=SurveyState.SPARED, called=False, why="not_drawn", share=0.3),
        survey(4, state=SurveyState.SPARED, called=False, why="transient"),
        survey(5, state=SurveyState.WITHDRAWN, called=False),
        survey(6, state=SurveyState.UNREACHED, share=0.3),
    ]
    rate = called_back(done, FigureId.CALLBACK_RATE)
    assert figures_of(rate) == (2, 4, [LeftOut.SETTLED_BEFORE, LeftOut.TRANSIENT])
    assert figures_of(called_back(done, FigureId.FULL_CALLBACK_RATE))[:2] == (1, 2)


def test_satisfied_is_there_of_those_reached_and_of_all_who_were_called() -> None:
    said = [survey(1), survey(2, happy=False), survey(3, happy=None)]
    vain = survey(4, state=SurveyState.UNREACHED, happy=None)
    assert figures_of(satisfied(said)) == (1, 2, [LeftOut.NOT_SAID])
    assert figures_of(solved(said))[:2] == (1, 2)
    assert figures_of(satisfied_of_called([*said, vain])) == (1, 4, [])


def test_satisfaction_is_credited_to_the_handler_of_that_time() -> None:
    found = satisfied([survey(1, handler=7), survey(2, happy=False, handler=7), survey(3)])
    assert by_person(found) == {7: (2, 3)}
    assert by_unit(found) == {20: (2, 3)}


def test_what_changes_after_the_month_was_closed_is_a_difference() -> None:
    kept = frozen_rows(answered([case(1), case(2, hours=None), case(3)]))
    assert not difference(kept, answered([case(1), case(2, hours=None), case(3)]))
    since = difference(kept, answered([case(1), case(2), case(4)]))
    assert (since.came, since.went, since.changed) == (("4",), ("3",), ("2",))


@pytest.mark.parametrize(
    ("pause", "due"),
    [
        # National Day: 1 to 7 October 2026; the tenth is a Saturday that is worked.
        (None, "2026-10-09"),
        (("2026-09-29", "2026-10-08"), "2026-10-12"),
        (("2026-09-30", "2026-10-03"), "2026-10-09"),
    ],
    ids=["no hold", "over the whole holiday", "ends within it"],
)
def test_a_hold_over_a_holiday_gives_back_working_days_and_no_more(
    pause: tuple[str, str] | None, due: str
) -> None:
    def noon(day: str) -> datetime:
        return datetime.fromisoformat(day).replace(hour=4, tzinfo=UTC)

    calendar = Calendar(ZONE, holidays=mainland_china())
    pauses = [Pause(noon(pause[0]), noon(pause[1]))] if pause else []
    reached = reckon(noon("2026-09-28"), WorkingDays(4), calendar, pauses)
    assert reached.day.isoformat() == due
