"""What one does with promises to call."""

from rexian.callbacks.services.calling import (
    breach_callback,
    log_attempt,
    release_callback,
    take_callback,
    withdraw_callback,
    withdraw_served,
)
from rexian.callbacks.services.promising import promise_callback, promise_for_contact

__all__ = [
    "breach_callback",
    "log_attempt",
    "promise_callback",
    "promise_for_contact",
    "release_callback",
    "take_callback",
    "withdraw_callback",
    "withdraw_served",
]
