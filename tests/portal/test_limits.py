"""What an unknown sender may do at once."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from rexian.portal.limits import Arrivals, TooManyAtOnce
from tests.portal.conftest import FORM, Customer


def begin(arrivals: Arrivals, address: str, times: int, *, urgent: bool = False) -> None:
    """Begin so many conversations at one moment."""
    for _ in range(times):
        arrivals.let(address, urgent=urgent, now=0.0)


def test_one_address_begins_so_many_and_then_waits() -> None:
    arrivals = Arrivals(at_once=3, a_second=0.5)
    begin(arrivals, "198.51.100.7", 3)
    with pytest.raises(TooManyAtOnce):
        arrivals.let("198.51.100.7", urgent=False, now=1.0)
    arrivals.let("198.51.100.7", urgent=False, now=3.0)


def test_others_and_emergencies_are_not_kept_waiting() -> None:
    arrivals = Arrivals(at_once=1, a_second=0.1)
    begin(arrivals, "198.51.100.7", 1)
    begin(arrivals, "198.51.100.8", 1)
    begin(arrivals, "198.51.100.7", 1, urgent=True)


def test_a_network_of_the_newer_kind_counts_as_one() -> None:
    arrivals = Arrivals(at_once=1, a_second=0.1)
    begin(arrivals, "2001:db8::1", 1)
    with pytest.raises(TooManyAtOnce):
        begin(arrivals, "2001:db8::2", 1)
    begin(arrivals, "2001:db8:0:1::2", 1)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "unknown"])
def test_this_machine_is_not_counted(address: str) -> None:
    begin(Arrivals(at_once=1, a_second=0.1), address, 5)


@pytest.mark.django_db
def test_the_public_door_counts_who_begins(customer: Customer) -> None:
    body = urlencode({"queue": "general", "visitor": "one-browser-0123456789"})
    statuses = [
        customer.browser.post(
            "/chat/huatong/", body, content_type=FORM, REMOTE_ADDR="198.51.100.99"
        ).status_code
        for _ in range(35)
    ]
    assert statuses[:30] == [302] * 30
    assert statuses[-1] == 429
