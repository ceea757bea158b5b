"""Which version of a standard is in force on a day, and when one may be published.

An organisation imports versions and publishes some of them, each from a day on. The latest that
has begun is in force; what is later is still coming, what is earlier has been followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid, Refused
from rexian.kernel.language import mark
from rexian.standard.domain.pack.whole import Parameter


class Standing(StrEnum):
    """Where a version stands on a day."""

    IMPORTED = "imported"
    COMING = "coming"
    IN_FORCE = "in_force"
    EARLIER = "earlier"


class DayTaken(Conflict):
    """Another version of the standard comes into force on that very day (409)."""

    code = "standard-day-taken"


class AlreadyPublished(Conflict):
    """A version that is published is not published, changed or removed again (409)."""

    code = "standard-already-published"


class DayOver(Invalid):
    """A version cannot come into force on a day that is over (422)."""

    code = "standard-day-over"


class InForceAlready(Refused):
    """What has come into force is not withdrawn: another version has to follow it (403)."""

    code = "standard-in-force-already"


class NumberTaken(Conflict):
    """The same version number stands for other rules already (409)."""

    code = "standard-number-taken"


class WrongParameter(Invalid):
    """A parameter that the standard does not have, or a value of the wrong kind (422)."""

    code = "standard-wrong-parameter"


@dataclass(frozen=True, slots=True)
class Publication:
    """A published version, by its id, and the first day on which it is in force."""

    version: int
    effective_on: date


def in_force(publications: Iterable[Publication], on: date) -> Publication | None:
    """Return the publication that is in force on a day: the latest that has begun, if any."""
    begun = (one for one in publications if one.effective_on <= on)
    return max(begun, key=lambda one: one.effective_on, default=None)


def standing(
    version: int, effective_on: date | None, publications: Iterable[Publication], on: date
) -> Standing:
    """Return where a version stands among all publications of its standard on a day."""
    if effective_on is None:
        return Standing.IMPORTED
    if effective_on > on:
        return Standing.COMING
    ruling = in_force(publications, on)
    return Standing.IN_FORCE if ruling and ruling.version == version else Standing.EARLIER


def require_free_day(
    effective_on: date, *, today: date, publications: Iterable[Publication]
) -> None:
    """Raise where a version cannot come into force on a day: it is over, or another one's."""
    if effective_on < today:
        raise DayOver(
            mark("A standard comes into force today or later; {day} is over."),
            day=effective_on.isoformat(),
        )
    if any(one.effective_on == effective_on for one in publications):
        raise DayTaken(
            mark("Another version of this standard comes into force on {day}: choose another day."),
            day=effective_on.isoformat(),
        )


def require_withdrawable(effective_on: date | None, *, today: date) -> None:
    """Raise where a version cannot be withdrawn: it is not published, or has begun."""
    if effective_on is None:
        raise Invalid(mark("This version is not published, so there is nothing to withdraw."))
    if effective_on <= today:
        raise InForceAlready(
            mark("This version has come into force; publish another one to follow it.")
        )


def read_parameters(
    known: Mapping[str, Parameter], written: Mapping[str, str]
) -> dict[str, str | int | float | bool]:
    """Return the values of all parameters: as written, read as their default is, else the default.

    A value left empty is the default.
    """
    for name in written:
        if name not in known:
            raise WrongParameter(mark("This standard has no parameter {name}."), name=name)
    return {
        name: _read(name, one.default, written.get(name, "").strip()) for name, one in known.items()
    }


def _read(name: str, default: str | float | bool, text: str) -> str | int | float | bool:
    if not text:
        return default
    try:
        if isinstance(default, bool):
            return {"true": True, "false": False}[text.lower()]
        if isinstance(default, int):
            return int(text)
        return float(text) if isinstance(default, float) else text
    except (KeyError, ValueError):
        raise WrongParameter(
            mark("{value} is not a value for {name}: it should be of the kind of {default}."),
            value=text,
            name=name,
            default=default,
        ) from None
