"""What an organisation says of its hotline: names, hours, what is figured for its agents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rexian.contacts.domain.words import one_line
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark

GENERAL = "general"
"""The queue that every hotline has."""

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_SITE = re.compile(rf"https?://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::\d{{1,5}})?")


class BadHotline(Invalid):
    """Settings of a hotline that cannot be (422)."""

    code = "bad-hotline"


@dataclass(frozen=True, slots=True)
class HotlineDetails:
    """What is set up once, times in seconds.

    ``calendar`` is as ``kernel.calendar.read_calendar`` reads it, ``{}`` for one that never closes;
    ``standard`` is the name of the standard by which its contacts are served and inspected;
    ``breaks`` gives each reason its minutes a shift. ``sites`` are the other websites that may show
    the chat in a frame, each as ``https://www.example.org``. ``callback_time`` is how soon somebody
    who was not served is called, in service time; ``callback_attempts`` how often it is tried, with
    ``callback_pause`` between.
    """

    code: str
    name: str
    company: str
    standard: str
    telephone: str = ""
    notice: str = ""
    calendar: Mapping[str, Any] = field(default_factory=dict)
    offer_time: int = 30
    after_time: int = 120
    target_wait: int = 30
    chat_capacity: int = 3
    breaks: Mapping[str, int] = field(default_factory=dict)
    sites: tuple[str, ...] = ()
    callback_time: int = 1800
    callback_attempts: int = 3
    callback_pause: int = 1800


def checked(details: HotlineDetails) -> HotlineDetails:
    """Return the details, or raise ``BadHotline`` for what no hotline can have."""
    if not _CODE.fullmatch(details.code):
        raise BadHotline(
            mark("A hotline's code has 2 to 39 small letters, digits and hyphens."), field="code"
        )
    words: dict[str, Any] = {
        name: one_line(getattr(details, name), most=most) for name, most in _WORDS.items()
    }
    if not words["name"]:
        raise BadHotline(mark("A hotline needs a name."), field="name")
    for site in details.sites:
        if not _SITE.fullmatch(site):
            raise BadHotline(
                mark("{site} is no website such as https://www.example.org."),
                site=site[:80],
                field="sites",
            )
    for name, least, most in _LIMITS:
        if not least <= getattr(details, name) <= most:
            raise BadHotline(
                mark("This must be between {least} and {most}."), least=least, most=most, field=name
            )
    return replace(details, **words)


_WORDS = {"name": 100, "company": 100, "telephone": 40, "notice": 500, "standard": 80}
_LIMITS = (
    ("offer_time", 5, 300),
    ("after_time", 10, 3600),
    ("target_wait", 1, 3600),
    ("chat_capacity", 1, 20),
    ("callback_time", 60, 7 * 86400),
    ("callback_attempts", 1, 20),
    ("callback_pause", 60, 7 * 86400),
)
