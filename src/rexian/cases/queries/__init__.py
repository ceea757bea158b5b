"""Read cases, as far as somebody may see them."""

from rexian.cases.queries.alerts import (
    AlertShown,
    Load,
    alert_count,
    alerts_for,
    likely_duplicates,
    standings_of,
    workload,
)
from rexian.cases.queries.cases import (
    CasePage,
    ClockShown,
    FileShown,
    OfferShown,
    SlipShown,
    StepShown,
    case,
    case_page,
)
from rexian.cases.queries.lists import (
    LIVE,
    PAGE,
    Wanted,
    cases,
    cases_by_id,
    counts,
    due_cases,
    each_case,
    open_cases,
)
from rexian.cases.queries.rows import CaseShown

__all__ = [
    "LIVE",
    "PAGE",
    "AlertShown",
    "CasePage",
    "CaseShown",
    "ClockShown",
    "FileShown",
    "Load",
    "OfferShown",
    "SlipShown",
    "StepShown",
    "Wanted",
    "alert_count",
    "alerts_for",
    "case",
    "case_page",
    "cases",
    "cases_by_id",
    "counts",
    "due_cases",
    "each_case",
    "likely_duplicates",
    "open_cases",
    "standings_of",
    "workload",
]
