"""The contact record as a form: who, what about, what the category asks, how it came out.

Where the standard knows no categories, what is asked are plain fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.queries import ContactShown, RecordShown
from rexian.contacts.services import RecordDetails
from rexian.desk.asking import whole_number
from rexian.kernel.language import mark
from rexian.standard.domain import (
    Category,
    FieldSpec,
    FormSpec,
    Standard,
    check_form,
    lacks_to_dispatch,
    next_to_ask,
)
from rexian.standard.domain.guidance import Names
from rexian.standard.domain.pack.texts import Text
from rexian.standard.domain.wording import Filler
from rexian.standard.queries.published import load_version

LONGEST_SUMMARY = 4000
EMERGENCY = "emergency"
NAME, PHONE, PLACE, RESULT = "name", "phone", "place", "result"
"""Fields of a form that are the record's own."""
MISS_PARAMETER = "address_xiaojie"

RESULTS = (
    ("answered", mark("Answered at once")),
    ("promised", mark("A callback is promised")),
    ("passed_on", mark("Passed on to be dealt with")),
    ("dispatched", mark("Help was sent")),
    ("declined", mark("Not ours to serve")),
    ("broken_off", mark("Broken off before it was done")),
)
LACKING = (
    ("refused", mark("The customer does not want to say")),
    ("unknown", mark("The customer does not know")),
    ("gone", mark("The customer was gone before it could be asked")),
)
"""Why something could not be had, where the form has no reasons of its own."""

_PLAIN = FormSpec(
    id="plain",
    clause="",
    title=Text(),
    fields=(),
)
PLAIN_URGENT = replace(
    _PLAIN,
    id="plain-urgent",
    fields=(
        FieldSpec("place", Text({"zh-Hans": "地点", "en": "place"}), "place", "to_dispatch"),
        FieldSpec("phone", Text({"zh-Hans": "联系方式", "en": "number"}), "phone", "to_dispatch"),
        FieldSpec("people", Text({"zh-Hans": "人员", "en": "people"}), "text", "to_close"),
        FieldSpec("wish", Text({"zh-Hans": "要求", "en": "what is asked"}), "text", "to_close"),
    ),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a record of a category asks, by a standard; ``form`` has no fields where none does."""

    standard: Standard | None
    category: Category | None
    form: FormSpec
    is_urgent: bool

    def lacking(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return the reasons that a field may lack, each with its name, or a message for it."""
        if not self.form.lacking:
            return LACKING
        return tuple((code, text.say(language)) for code, text in self.form.lacking.items())

    def first_words(self, language: str) -> tuple[str, ...]:
        """Return what is said before anything is asked: safety first (HW-3.7)."""
        first = self.form.first
        if first is None or self.standard is None:
            return ()
        filler = Filler(self.standard.wordings, Names(), language)
        return tuple(filler.fill(one).text for one in first.say)

    def words_for(self, field: FieldSpec, language: str) -> str:
        """Return the words by which a field is asked for; none where the form has none."""
        if field.asks is None or not field.asks.say:
            return ""
        if self.standard is None:
            return field.asks.say[0]
        return Filler(self.standard.wordings, Names(), language).fill(field.asks.say[0]).text


def sheet_of(contact: ContactShown, *, category: str, urgent: bool) -> Sheet:
    """Return what the record of a contact asks once it has this category."""
    standard = load_version(contact.standard) if contact.standard is not None else None
    if standard is None:
        return Sheet(None, None, PLAIN_URGENT if urgent else _PLAIN, urgent)
    found = standard.taxonomy.get(category)
    is_urgent = urgent or (found is not None and found.urgency == EMERGENCY)
    form = standard.forms.get(found.form) if found else None
    if form is None and is_urgent:
        form = _urgent_form(standard)
    return Sheet(standard, found, form or _PLAIN, is_urgent)


def says_miss(standard: Standard | None) -> bool:
    """Tell whether the organisation asks for 小姐 as the form of address for women."""
    return standard is not None and bool(standard.value(MISS_PARAMETER))


def details_of(sent: Mapping[str, str], sheet: Sheet) -> RecordDetails:
    """Return a record as the page sent it; it is complete where nothing more is wanted.

    A number that is still being written is no number of the customer yet, and hinders nothing.
    """
    given = _prefixed(sent, "value.")
    values = _known(given, sheet)
    missing = {name: why for name, why in _prefixed(sent, "missing.").items() if why}
    place = {"words": given.get(PLACE, ""), **_prefixed(sent, "place.")}
    number = sent.get("number") or values.get(PHONE, "")
    details = RecordDetails(
        category=sent.get("category", "")[:60],
        case_type=sheet.category.case_type if sheet.category else sent.get("case_type", "")[:20],
        urgent=sheet.is_urgent,
        values=values,
        missing={name: why for name, why in _known(missing, sheet).items() if not values.get(name)},
        place={name: one for name, one in place.items() if one},
        result=sent.get("result") or values.get(RESULT, ""),
        summary=(sent.get("summary") or _first_long(sheet, values))[:LONGEST_SUMMARY],
        name=sent.get("name") or values.get(NAME, ""),
        number=number if is_number(number) else "",
        form=sent.get("form", ""),
        version=whole_number(sent.get("version", "0")),
    )
    return replace(details, complete=not faults_of(sheet, details, "zh-Hans"))


def is_number(text: str) -> bool:
    """Tell whether somebody can be called back at what is written."""
    try:
        read_number(text)
    except NoNumber:
        return False
    return True


def faults_of(sheet: Sheet, record: RecordDetails | RecordShown, language: str) -> list[Any]:
    """Return what the record still lacks: field and sentence, in the order of the form."""
    values = {name: str(one) for name, one in record.values.items()}
    found = check_form(sheet.form, values, dict(record.missing))
    return [{"field": one.field, "sentence": one.sentence(language)} for one in found]


def progress_of(sheet: Sheet, details: RecordDetails, language: str) -> dict[str, Any]:
    """Return what the page is told after a save: what lacks, what to ask next, if help can go."""
    values = {name: str(one) for name, one in details.values.items()}
    following = next_to_ask(sheet.form, values, dict(details.missing))
    lacks = lacks_to_dispatch(sheet.form, values)
    return {
        "complete": details.complete,
        "faults": faults_of(sheet, details, language),
        "dispatchable": sheet.is_urgent and not lacks,
        "ask": _question(sheet, following, language),
    }


def _question(sheet: Sheet, field: FieldSpec | None, language: str) -> dict[str, str] | None:
    words = sheet.words_for(field, language) if field else ""
    if field is None or not words:
        return None
    return {"field": field.id, "label": field.label.say(language), "words": words}


def _urgent_form(standard: Standard) -> FormSpec:
    """Return the form of the first category that is an emergency."""
    for one in standard.taxonomy.categories.values():
        if one.urgency == EMERGENCY and one.form in standard.forms:
            return standard.forms[one.form]
    return PLAIN_URGENT


def _first_long(sheet: Sheet, values: Mapping[str, str]) -> str:
    """Return what was written in the form's first long field: it says what it was about."""
    return next((values.get(one.id, "") for one in sheet.form.fields if one.type == "long"), "")


def _prefixed(sent: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): sent[name].strip() for name in sent if name.startswith(prefix)
    }


def _known(given: Mapping[str, str], sheet: Sheet) -> dict[str, str]:
    """Return what belongs to a field of the form; the rest stays of an earlier category."""
    return {name: value for name, value in given.items() if sheet.form.find(name) is not None}
