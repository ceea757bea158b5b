"""What is written down of a person and of a unit, and what it may look like."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from rexian.kernel.language import mark
from rexian.org.domain.refusals import WrongField

_SIGN_IN = re.compile(r"[\w.@-]{2,60}")
_NUMBER = re.compile(r"[0-9A-Za-z-]{1,20}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_CODE = re.compile(r"[\w.-]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What an administrator writes down of a person; an empty agent number is none."""

    sign_in: str
    name: str
    agent_number: str = ""
    extension: str = ""
    email: str = ""


def checked_person(details: PersonDetails) -> PersonDetails:
    """Return the details in their normal form; raise ``WrongField`` for what cannot be."""
    normal = replace(
        details,
        sign_in=normal_sign_in(details.sign_in),
        name=" ".join(details.name.split()),
        agent_number=_narrow(details.agent_number),
        extension=_narrow(details.extension),
        email=details.email.strip(),
    )
    if not _SIGN_IN.fullmatch(normal.sign_in):
        raise WrongField(
            mark("A sign-in name has 2 to 60 letters, digits, dots, hyphens or @."),
            field="sign_in",
        )
    if not 1 <= len(normal.name) <= 80 or not normal.name.isprintable():
        raise WrongField(mark("A name has 1 to 80 characters."), field="name")
    for field in ("agent_number", "extension"):
        if (number := getattr(normal, field)) and not _NUMBER.fullmatch(number):
            raise WrongField(mark("A number has up to 20 digits, letters or hyphens."), field=field)
    if normal.email and (len(normal.email) > 254 or not _EMAIL.fullmatch(normal.email)):
        raise WrongField(mark("This is no mail address."), field="email")
    return normal


def normal_sign_in(text: str) -> str:
    """Return a sign-in name as it is kept: however it was typed, it is the same name."""
    return _narrow(text).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitDetails:
    """What is written down of a unit; ``tier`` is the organisation's own word (处, 科, 站)."""

    code: str
    name: str
    tier: str


def checked_unit(details: UnitDetails) -> UnitDetails:
    """Return the details in their normal form; raise ``WrongField`` for what cannot be."""
    normal = UnitDetails(
        code=_narrow(details.code),
        name=" ".join(details.name.split()),
        tier=" ".join(details.tier.split()),
    )
    if not _CODE.fullmatch(normal.code):
        raise WrongField(
            mark("A unit's code has 1 to 40 letters, digits, dots or hyphens."), field="code"
        )
    if not 1 <= len(normal.name) <= 200 or not normal.name.isprintable():
        raise WrongField(mark("A unit's name has 1 to 200 characters."), field="name")
    if not 1 <= len(normal.tier) <= 60 or not normal.tier.isprintable():
        raise WrongField(mark("A tier has 1 to 60 characters."), field="tier")
    return normal


def initials_of(name: str) -> str:
    """Return the first letters of a name's syllables, for each reading of its first character.

    曾小明 is found under ``cxm`` and ``zxm``: a surname is often the rarer reading.
    """
    from pypinyin import Style, pinyin  # noqa: PLC0415 - a large dictionary, if wanted

    letters = pinyin(name.replace(" ", ""), style=Style.FIRST_LETTER, heteronym=True)
    if not letters:
        return ""
    rest = "".join(one[0][:1] for one in letters[1:])
    firsts = dict.fromkeys(one[:1] for one in letters[0])
    return " ".join(first + rest for first in firsts).casefold()[:80]


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()
