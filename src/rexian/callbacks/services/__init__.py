"""What one does with promises to call, and with calls on cases that are done."""

from rexian.callbacks.services.arranging import ask_about_case
from rexian.callbacks.services.calling import (
    breach_callback,
    log_attempt,
    release_callback,
    take_callback,
    withdraw_callback,
    withdraw_served,
)
from rexian.callbacks.services.case_calling import (
    breach_case_call,
    correct_number,
    give_up_case_call,
    log_vain_call,
    release_case_call,
    take_case_call,
)
from rexian.callbacks.services.giving import give_case_call
from rexian.callbacks.services.promising import promise_callback, promise_for_contact
from rexian.callbacks.services.surveying import answer_word, drop_surveys, log_answers

__all__ = [
    "answer_word",
    "ask_about_case",
    "breach_callback",
    "breach_case_call",
    "correct_number",
    "drop_surveys",
    "give_case_call",
    "give_up_case_call",
    "log_answers",
    "log_attempt",
    "log_vain_call",
    "promise_callback",
    "promise_for_contact",
    "release_callback",
    "release_case_call",
    "take_callback",
    "take_case_call",
    "withdraw_callback",
    "withdraw_served",
]
