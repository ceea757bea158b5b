"""How long to wait after failed attempts: nobody guesses a password, nobody is shut out for good.

What is counted is kept under a digest of a name or an address. A few failures are anybody's; from
a bound on, each further one doubles the wait, up to a longest. After a quiet time all is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Attempt(StrEnum):
    """What was attempted, and what it is counted by."""

    PASSWORD_OF_NAME = "password-name"  # noqa: S105 - the name of a kind
    PASSWORD_FROM_ADDRESS = "password-address"  # noqa: S105 - the name of a kind
    CODE_OF_PERSON = "code-person"
    LINK_OF_NAME = "link-name"
    LINK_FROM_ADDRESS = "link-address"
    CASE_OF_REFERENCE = "case-reference"
    CASE_FROM_ADDRESS = "case-address"


@dataclass(frozen=True, slots=True)
class Patience:
    """So many failures are free; then ``first`` to wait, doubled each time up to ``longest``."""

    free: int
    first: timedelta
    longest: timedelta
    forgotten_after: timedelta


_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)

PATIENCE: Mapping[Attempt, Patience] = {
    Attempt.PASSWORD_OF_NAME: Patience(4, _MINUTE, 15 * _MINUTE, _DAY),
    # A call centre goes out through one address: many people mistype there each morning.
    Attempt.PASSWORD_FROM_ADDRESS: Patience(49, _MINUTE, 15 * _MINUTE, 60 * _MINUTE),
    Attempt.CODE_OF_PERSON: Patience(4, _MINUTE, 60 * _MINUTE, _DAY),
    Attempt.LINK_OF_NAME: Patience(2, 15 * _MINUTE, _DAY, _DAY),
    Attempt.LINK_FROM_ADDRESS: Patience(19, 15 * _MINUTE, _DAY, _DAY),
    # Customers of a mobile operator share addresses; a case has a number that nobody guesses.
    Attempt.CASE_OF_REFERENCE: Patience(9, _MINUTE, 15 * _MINUTE, _DAY),
    Attempt.CASE_FROM_ADDRESS: Patience(49, _MINUTE, 15 * _MINUTE, 60 * _MINUTE),
}


def wait_after(failures: int, patience: Patience) -> timedelta:
    """Return how long nobody may try again after so many failures in a row."""
    beyond = failures - patience.free
    if beyond <= 0:
        return timedelta()
    doubled: int = 2 ** min(beyond - 1, 20)
    return min(patience.first * doubled, patience.longest)


def is_forgotten(last_at: datetime, at: datetime, patience: Patience) -> bool:
    """Tell whether the last failure is so long ago that counting starts anew."""
    return at - last_at >= patience.forgotten_after


def minutes_left(until_at: datetime, at: datetime) -> int:
    """Return how many minutes are still to wait, the last one begun counted whole."""
    return max(1, -(-(until_at - at) // _MINUTE))
