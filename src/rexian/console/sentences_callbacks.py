"""What the journal says of calls on cases that are done, and of the months' figures."""

from __future__ import annotations

from rexian.callbacks.domain.answers import OUTCOME_NAMES, WORD_NAMES
from rexian.callbacks.domain.case_calls import CALL_RESULT_NAMES
from rexian.callbacks.domain.choosing import SPARED_NAMES
from rexian.journal.domain import sentences
from rexian.kernel.language import mark

CASE_CALLS = {
    "callbacks.case_call_arranged": mark("A customer is to be called on a case by {due_at}."),
    "callbacks.case_call_given": mark("A call on a case was given to {agent}."),
    "callbacks.case_call_taken": mark("{agent} has taken it on to call a customer on a case."),
    "callbacks.case_call_attempted": mark(
        "{agent} called a customer on a case, time {attempt}: {call_result}."
    ),
    "callbacks.case_call_put_off": mark("Nobody was reached that day: called again by {due_at}."),
    "callbacks.number_corrected": mark("The number of a customer to be called was corrected."),
    "callbacks.case_call_failed": mark("A customer was not reached on a case in {attempts} calls."),
    "callbacks.case_call_withdrawn": mark("A customer need not be called on a case any more."),
    "callbacks.case_call_breached": mark("A customer was not called on a case in time."),
    "callbacks.case_spared": mark("The customer of a case is not called back: {spared}."),
    "callbacks.case_surveyed": mark("A customer was asked how a case went: {outcome}."),
    "callbacks.word_heard": mark("Something was heard when a customer was called: {word}."),
    "callbacks.word_answered": mark("A department answered what was heard from a customer."),
}
FIGURES = {
    "reports.month_closed": mark("The figures of {month} were frozen."),
}

for _group in (CASE_CALLS, FIGURES):
    sentences.tell(_group)
sentences.word("call_result", {str(one): word for one, word in CALL_RESULT_NAMES.items()})
sentences.word("spared", {str(one): word for one, word in SPARED_NAMES.items()})
sentences.word("outcome", {str(one): word for one, word in OUTCOME_NAMES.items()})
sentences.word("word", {str(one): word for one, word in WORD_NAMES.items()})
sentences.word("kind", {"callbacks.case_call": mark("Calls on cases to make")})
