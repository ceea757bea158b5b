"""Tables of cases: columns and constraints, and no rules."""

from rexian.cases.models.case import Case, Clock, Party, Step
from rexian.cases.models.dispatch import Duty, Helper, Notification
from rexian.cases.models.reading import Alert, View
from rexian.cases.models.slips import File, Slip, SlipPaper, SlipVersion

__all__ = [
    "Alert",
    "Case",
    "Clock",
    "Duty",
    "File",
    "Helper",
    "Notification",
    "Party",
    "Slip",
    "SlipPaper",
    "SlipVersion",
    "Step",
    "View",
]
