"""Taking a case by hand: what is asked, what a contact knows already, what looks like the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms

from rexian.cases.domain.details import LONGEST_MATTER, OUTSIDE_BODIES, CaseDetails, place_key
from rexian.cases.domain.standing import Source
from rexian.cases.queries import CaseShown, likely_duplicates
from rexian.console.cases import BODIES, CLASSES
from rexian.console.notice_forms import InstantInput
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.queries import ContactShown, HotlineShown, RecordShown, hotline_named
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.environment import current_language, translated
from rexian.places.domain.places import to_json
from rexian.places.queries import read
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import in_force, load_version

_KINDS = ("enquiry", "help", "complaint", "suggestion")
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class TakeForm(forms.Form):
    """What is known of a case when it is taken."""

    sent_as = forms.CharField(widget=forms.HiddenInput, max_length=64)
    contact = forms.IntegerField(widget=forms.HiddenInput, required=False)
    sure = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    hotline = forms.ChoiceField(label=mark("Hotline"))
    category = forms.ChoiceField(label=mark("Category"))
    case_class = forms.ChoiceField(
        label=mark("Class of the case"),
        required=False,
        help_text=mark("Left open, it is as its category is; changed later by a supervisor alone."),
    )
    title = forms.CharField(label=mark("In a few words"), max_length=120, required=False)
    matter = forms.CharField(
        label=mark("What it is about"),
        max_length=LONGEST_MATTER,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = forms.CharField(
        label=mark("Name of the customer"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    number = forms.CharField(
        label=mark("Telephone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={**_PLAIN, "type": "tel"}),
    )
    place = forms.CharField(label=mark("Place"), max_length=500, required=False)
    hides_customer = forms.BooleanField(
        label=mark("Keep the customer secret from the unit complained of"), required=False
    )
    outside_body = forms.ChoiceField(label=mark("Outside body"), required=False)
    outside_number = forms.CharField(
        label=mark("Number of the outside body"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    due_at = forms.DateTimeField(
        label=mark("Their deadline"), required=False, widget=InstantInput()
    )

    def __init__(self, data: Any = None, *, lines: Sequence[HotlineShown], at: datetime,
                 initial: Mapping[str, Any] | None = None) -> None:  # fmt: skip
        super().__init__(data, initial={"sent_as": uuid4().hex, **(initial or {})})
        self._offer("hotline", [(one.code, one.name) for one in lines])
        self._offer("category", [("", translated(mark("choose"))), *categories(lines, at)])
        classes = [(code, translated(word)) for code, word in CLASSES.items()]
        self._offer("case_class", [("", translated(mark("as its category is"))), *classes])
        bodies = [(one, translated(BODIES[one])) for one in OUTSIDE_BODIES]
        self._offer("outside_body", [("", translated(mark("no outside body"))), *bodies])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a form's own field
        field.choices = choices

    @property
    def seen_duplicates(self) -> frozenset[str]:
        """Return the cases that somebody has seen to be others, by their ids."""
        return frozenset(filter(None, str(self["sure"].value() or "").split(",")))

    def insist(self, found: Sequence[CaseShown]) -> None:
        """Have the next press take the case although these look like the same."""
        sure = ",".join(str(one.id) for one in found)
        self.data = {**dict(self.data.items()), "sure": sure}


def categories(lines: Sequence[HotlineShown], at: datetime) -> list[tuple[str, str]]:
    """Return the categories of cases that some hotlines know, by their full names."""
    found: dict[str, str] = {}
    for one in lines:
        standard = standard_of(one, at)
        for code, category in standard.taxonomy.categories.items() if standard else ():
            if category.is_leaf and category.case_type in _KINDS and standard:
                found.setdefault(code, standard.taxonomy.full_name(code, current_language()))
    return sorted(found.items(), key=lambda each: each[1])


def standard_of(line: HotlineShown, at: datetime) -> Standard | None:
    """Return the standard that rules a hotline on the day."""
    day = at.astimezone(ZoneInfo(line.time_zone)).date()
    ruling = in_force(line.organisation, line.standard, day)
    return load_version(ruling.id) if ruling else None


def details_of(given: Mapping[str, Any], actor: Actor) -> CaseDetails:
    """Return what was filled in as the service takes it; the place is read from its words."""
    outside = bool(given["outside_body"] or given["outside_number"].strip())
    contact = given.get("contact")
    source = Source.OUTSIDE if outside else Source.CONTACT if contact else Source.PERSON
    words = given["place"].strip()
    return CaseDetails(
        source=source,
        sent_as=given["sent_as"],
        category=given["category"],
        case_class=given["case_class"],
        title=given["title"],
        matter=given["matter"],
        name=given["name"],
        number=given["number"],
        place=to_json(read(actor, words).place) if words else {},
        place_text=words,
        contact=contact,
        hides_customer=given["hides_customer"],
        outside_body=given["outside_body"] or ("other" if outside else ""),
        outside_number=given["outside_number"],
        due_at=given["due_at"],
    )


def duplicates_of(
    code: str, details: CaseDetails, *, actor: Actor, at: datetime
) -> tuple[CaseShown, ...]:
    """Return open cases of the same person or place that look like the one that is taken."""
    line = hotline_named(code)
    standard = standard_of(line, at)
    category = standard.taxonomy.get(details.category) if standard else None
    try:
        number = read_number(details.number) if details.number.strip() else ""
    except NoNumber:
        number = ""
    return likely_duplicates(
        line,
        number=number,
        place_key=place_key(details.place, details.place_text),
        case_type=category.case_type if category else details.case_type,
        actor=actor,
        at=at,
    )


def known_of_contact(contact: ContactShown, record: RecordShown | None) -> dict[str, Any]:
    """Return what a contact and its record know already of the case that is taken from it."""
    known: dict[str, Any] = {"contact": contact.id, "name": contact.name, "number": contact.number}
    if record is None:
        return {**known, "matter": contact.matter}
    values = {name: str(one) for name, one in record.values.items()}
    return {
        **known,
        "category": record.category,
        "matter": record.summary or values.get("matter", "") or contact.matter,
        "place": place_words(record),
        "number": contact.number or values.get("phone", ""),
        "name": contact.name or values.get("name", ""),
    }


def place_words(record: RecordShown) -> str:
    """Return the words in which a record tells the place."""
    told = (record.place.get("words"), record.place.get("text"), record.values.get("place"))
    return next((str(one) for one in told if one), "")
