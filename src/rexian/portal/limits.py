"""How much somebody unknown may do at once: begin conversations, send words.

Counted in this process's memory, by network address. Several processes count each for themselves,
and whoever comes from this machine itself is not counted: behind a proxy whose word is not believed
(``REXIAN_PROXIES``) that would be everybody.
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, QueryDict

from rexian.kernel.errors import Invalid, Refused
from rexian.kernel.language import mark
from rexian.live.domain.signals import Allowance
from rexian.org.domain.clients import client_address

MOST_TEXT = 64 * 1024
"""The most bytes that a form without files may have."""

# A mobile operator has thousands of customers come from one address.
_AT_ONCE, _A_SECOND = 30.0, 0.5


class TooManyAtOnce(Refused):
    """More conversations begun from one network address than people there would begin (429)."""

    code = "too-many-contacts"
    status = 429


class TooMuch(Invalid):
    """A form larger than anybody fills in (413)."""

    code = "too-large"
    status = 413


class Arrivals:
    """How many conversations each network address may still begin; emergencies count apart."""

    def __init__(self, *, at_once: float = _AT_ONCE, a_second: float = _A_SECOND) -> None:
        self._ordinary = Allowance(at_once=at_once, a_second=a_second)
        self._urgent = Allowance(at_once=at_once, a_second=a_second)
        self._lock = Lock()

    def let(self, address: str, *, urgent: bool, now: float) -> None:
        """Count one more from an address; raise ``TooManyAtOnce``."""
        network = _network(address)
        if not network:
            return
        with self._lock:
            let = (self._urgent if urgent else self._ordinary).take(network, now)
        if not let:
            raise TooManyAtOnce(
                mark(
                    "Very many conversations were begun from your network just now. Please try "
                    "again in a minute, or ring us."
                )
            )


_arrivals = Arrivals()


def let_in(request: HttpRequest, *, urgent: bool) -> None:
    """Count a conversation that is about to begin; raise ``TooManyAtOnce``."""
    _arrivals.let(sender_of(request), urgent=urgent, now=time.monotonic())


def sender_of(request: HttpRequest) -> str:
    """Return the network address that somebody writes from, as far as it is known."""
    remote = request.META.get("REMOTE_ADDR", "")
    forwarded_for = request.headers.get("X-Forwarded-For", "")
    return client_address(remote, forwarded_for, settings.CONFIGURATION.proxies)


def refuse_more_than(request: HttpRequest, most: int) -> None:
    """Raise ``TooMuch`` for a form with files of more bytes than that, before any is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most + MOST_TEXT:
        raise TooMuch(mark("These files are too large: at most {most} MB."), most=most >> 20)


def fields_of(request: HttpRequest) -> QueryDict:
    """Return the fields of a form without files, read no further than ``MOST_TEXT``.

    Raises ``TooMuch``; a NUL, which no database takes, is left out.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_large = not length.isdigit() or int(length) > MOST_TEXT
    body = b"" if is_large else request.read(MOST_TEXT + 1)
    if is_large or len(body) > MOST_TEXT:
        raise TooMuch(mark("That is too large. Send long texts as a file."))
    return QueryDict(body.replace(b"%00", b"").replace(b"\0", b""), encoding="utf-8")


def _network(address: str) -> str:
    """Return what counts as one sender, nothing for this machine and for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return ""
    if isinstance(found, IPv6Address):
        return str(ip_network(f"{found}/64", strict=False))
    return str(found)
