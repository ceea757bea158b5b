"""What the journal says of cases: a sentence for each of their events."""

from __future__ import annotations

from rexian.cases.domain.helping import KIND_NAMES, STATE_NAMES, WAY_NAMES
from rexian.console.cases import FILTER_NAMES, FINDINGS, STANDINGS
from rexian.journal.domain import sentences
from rexian.kernel.language import mark

CASES = {
    "cases.case_taken": mark("A case was taken with {unit}: {category}."),
    "cases.case_moved": mark("A case was moved: {effect}; it is with {unit}, {standing}."),
    "cases.approval_asked": mark("An approval was asked for in a case with {unit}: {move}."),
    "cases.approval_refused": mark("An approval was refused in a case with {unit}: {move}."),
    "cases.case_merged": mark("A case turned out to be another one and goes on there: {into}."),
    "cases.case_joined": mark("A case joined an event, or left it: {parent}."),
    "cases.clock_started": mark("A deadline of a case began to run: {clock}."),
    "cases.clock_moved": mark("A deadline of a case was moved: {clock}, {why}."),
    "cases.clock_stopped": mark("A deadline of a case was met or ended: {clock}."),
    "cases.clock_warned": mark("A deadline of a case is soon due: {clock}."),
    "cases.case_breached": mark("A deadline of a case with {unit} has run out: {clock}."),
    "cases.ladder_climbed": mark("A case was late ({clock}): {rung}, told to {told_unit}."),
    "cases.slip_saved": mark("A slip of a case was filled in: {form}, version {version}."),
    "cases.slip_signed": mark("A slip of a case was signed: {form}, version {version}."),
    "cases.file_attached": mark("A file was attached to a case."),
    "cases.case_rated": mark("A customer said how a case went: {satisfied} of 5."),
    "cases.help_called": mark("Help was called in for a case with {unit}, {way}."),
    "cases.help_answered": mark("Help that was called for a case with {unit}: {press}."),
    "cases.help_unanswered": mark("Help that was called for a case with {unit} is not taken."),
    "cases.help_pictured": mark("Pictures came from where a case is worked on: {count}."),
    "cases.helper_added": mark("A helper was added to the directory: {kind}."),
    "cases.helper_changed": mark("An entry of the directory of helpers was changed: {changed}."),
    "cases.helper_retired": mark("A helper was taken out of the directory."),
    "cases.duty_set": mark("{subject} has {person} on duty from {begins_at} until {ends_at}."),
    "cases.cases_exported": mark("Cases were taken out as a file ({form}): {count}."),
    "cases.view_saved": mark("A view of the cases was saved; it filters by {filters}."),
    "cases.view_renamed": mark("A view of the cases was renamed."),
    "cases.view_removed": mark("A view of the cases was deleted."),
    "cases.default_view_chosen": mark("{actor} has the cases open with a view of theirs."),
    "cases.default_view_dropped": mark("{actor} has the cases open with everything again."),
    "cases.duty_removed": mark("{subject} has {person} on duty no longer from {begins_at}."),
}
EFFECTS = {
    "forward": mark("sent to a unit"),
    "sign": mark("signed for"),
    "return": mark("sent back"),
    "arbitrate": mark("the unit was decided"),
    "reassign": mark("given to somebody else"),
    "assist": mark("a unit is to assist"),
    "assisted": mark("a unit has assisted"),
    "start": mark("begun"),
    "extend": mark("given more time"),
    "pause": mark("paused"),
    "resume": mark("taken up again after a pause"),
    "interim": mark("the customer was told how it stands"),
    "answer": mark("the customer was answered"),
    "find": mark("a finding was made"),
    "report": mark("reported"),
    "resolve": mark("dealt with"),
    "reopen": mark("another round"),
    "confirm": mark("confirmed by the customer"),
    "close": mark("closed and filed"),
    "void": mark("void, taken by mistake"),
    "press": mark("the customer presses"),
    "add": mark("something was added"),
    "withdraw": mark("withdrawn by the customer"),
    "escalate": mark("escalated"),
    "dispatch": mark("help was called"),
    "reclass": mark("another class"),
}
RUNGS = {
    "press": mark("pressed for"),
    "supervise": mark("under supervision"),
    "escalate": mark("escalated"),
    "circulate": mark("told to the whole house"),
}
_WHY = {
    "extended": mark("extended"),
    "resumed": mark("after a pause"),
    "reclassed": mark("another class"),
    "calendar": mark("another calendar"),
    "holidays": mark("public holidays published"),
}

sentences.tell(CASES)
sentences.word("effect", EFFECTS)
sentences.word("rung", RUNGS)
sentences.word("why", _WHY)
sentences.word("filters", dict(FILTER_NAMES))
sentences.word("finding", dict(FINDINGS))
sentences.word("standing", {code: word for code, (word, _) in STANDINGS.items()})
sentences.word("kind", dict(KIND_NAMES))
sentences.word("way", dict(WAY_NAMES))
sentences.word("press", dict(STATE_NAMES))
sentences.refer({"told_unit": "unit", "person": "person"})
