"""Whether a record is filled in as its form asks, and what is still wanted of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rexian.kernel.language import mark, translate
from rexian.standard.domain.language.digits import numbers_said
from rexian.standard.domain.pack.recording import FieldSpec, FieldType, FormSpec
from rexian.standard.domain.pack.texts import Text

LONGEST = {"text": 200, "long": 10_000}
LONGEST_OTHER = 200
MOST_COUNTED = 100_000
YES_NO = ("yes", "no")
_PHONE = re.compile(r"\+?[0-9][0-9 \-()]{4,24}")


class FaultCode(StrEnum):
    """What can be wrong with a field."""

    NEEDED = "needed"
    NEEDED_TO_DISPATCH = "needed-to-dispatch"
    NO_SUCH_FIELD = "no-such-field"
    NO_SUCH_REASON = "no-such-reason"
    BOTH = "value-and-reason"
    TOO_LONG = "too-long"
    NO_PHONE = "no-phone"
    NO_PLATE = "no-plate"
    NO_COUNT = "no-count"
    NO_CHOICE = "no-choice"


MESSAGES: Mapping[FaultCode, str] = {
    FaultCode.NEEDED: mark("{label} is missing: fill it in, or say why it could not be obtained."),
    FaultCode.NEEDED_TO_DISPATCH: mark("{label} is missing: nothing can be dispatched without it."),
    FaultCode.NO_SUCH_FIELD: mark("This form has no field {label}."),
    FaultCode.NO_SUCH_REASON: mark("{label}: this is no reason that the form knows."),
    FaultCode.BOTH: mark("{label} is filled in and said to be missing."),
    FaultCode.TOO_LONG: mark("{label} is too long."),
    FaultCode.NO_PHONE: mark("{label} is no telephone number."),
    FaultCode.NO_PLATE: mark("{label} is no number plate."),
    FaultCode.NO_COUNT: mark("{label} is no number."),
    FaultCode.NO_CHOICE: mark("{label}: choose one of the values."),
}


@dataclass(frozen=True, slots=True)
class FormFault:
    """What is wrong with one field of a record."""

    field: str
    code: FaultCode
    label: Text

    def sentence(self, language: str) -> str:
        """Return what is wrong, in ``language``."""
        return translate(MESSAGES[self.code], language, label=self.label.say(language))


def check_form(
    form: FormSpec, values: Mapping[str, str], missing: Mapping[str, str]
) -> tuple[FormFault, ...]:
    """Return what is wrong with a record, field by field in the order of the form.

    ``missing`` are the reasons, by field, for what could not be obtained (未获取).
    """
    filled = {name: value for name, value in values.items() if value.strip()}
    found = [_unknown(name) for name in (*filled, *missing) if form.find(name) is None]
    for one in form.fields:
        code = _fault(form, one, filled.get(one.id, ""), missing.get(one.id, ""))
        if code is not None:
            found.append(FormFault(one.id, code, one.label))
    return tuple({(one.field, one.code): one for one in found}.values())


def lacks_to_dispatch(form: FormSpec, values: Mapping[str, str]) -> tuple[FieldSpec, ...]:
    """Return the fields without which nothing can be sent and that are not filled in yet."""
    needed = (one for one in form.fields if one.needed == "to_dispatch")
    return tuple(one for one in needed if not values.get(one.id, "").strip())


def next_to_ask(
    form: FormSpec, values: Mapping[str, str], missing: Mapping[str, str]
) -> FieldSpec | None:
    """Return the field to ask for next: first what is needed to dispatch, then the others."""
    open_ones = [
        one
        for one in form.fields
        if one.is_required and one.asks and not values.get(one.id, "").strip()
    ]
    unexcused = [one for one in open_ones if one.id not in missing]
    unexcused.sort(key=lambda one: one.needed != "to_dispatch")
    return unexcused[0] if unexcused else None


def _unknown(name: str) -> FormFault:
    return FormFault(name, FaultCode.NO_SUCH_FIELD, Text({"zh-Hans": name}))


def _fault(form: FormSpec, one: FieldSpec, value: str, reason: str) -> FaultCode | None:
    if reason and value:
        return FaultCode.BOTH
    if reason and reason not in form.lacking:
        return FaultCode.NO_SUCH_REASON
    if not value:
        return _missing(one, reason)
    if len(value) > LONGEST.get(one.type, LONGEST_OTHER):
        return FaultCode.TOO_LONG
    return _ill_formed(one, value.strip())


def _missing(one: FieldSpec, reason: str) -> FaultCode | None:
    if one.needed == "to_dispatch":
        return FaultCode.NEEDED_TO_DISPATCH
    return FaultCode.NEEDED if one.needed == "to_close" and not reason else None


def _ill_formed(one: FieldSpec, value: str) -> FaultCode | None:
    if one.type == "choice":
        return None if value in one.choices else FaultCode.NO_CHOICE
    told = _SHAPES.get(one.type)
    return None if told is None or told[0](value) else told[1]


def _is_phone(value: str) -> bool:
    return bool(_PHONE.fullmatch(value)) or _is_said(value, "phone")


def _is_plate(value: str) -> bool:
    return _is_said(value, "plate")


def _is_count(value: str) -> bool:
    return value.isascii() and value.isdecimal() and int(value) <= MOST_COUNTED


def _is_said(value: str, kind: str) -> bool:
    return any(one.kind == kind and one.span == (0, len(value)) for one in numbers_said(value))


_SHAPES: Mapping[FieldType, tuple[Callable[[str], bool], FaultCode]] = {
    "phone": (_is_phone, FaultCode.NO_PHONE),
    "plate": (_is_plate, FaultCode.NO_PLATE),
    "count": (_is_count, FaultCode.NO_COUNT),
    "yes_no": (YES_NO.__contains__, FaultCode.NO_CHOICE),
}
