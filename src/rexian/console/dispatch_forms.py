"""What is filled in for the directory, the roster, and to call somebody in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms

from rexian.cases.domain.helping import KIND_NAMES, STATE_NAMES, WAY_NAMES, Called, Press, Way
from rexian.cases.queries.directory import HelperShown
from rexian.cases.queries.notifications import Candidate
from rexian.cases.services.directory import HelperDetails
from rexian.cases.services.duty import DutyDetails
from rexian.console.organisation_forms import offer, unit_choices
from rexian.kernel.calendar.instants import instant_at
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.org.queries import PersonShown, UnitShown

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_PHONE = {"type": "tel", "autocomplete": "off"}


def _line(label: str, most: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=options.pop("attrs", _PLAIN))
    return forms.CharField(label=label, max_length=most, widget=widget, **options)


class TimeInput(forms.TimeInput):
    """A time of the day, picked as the browser does."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class HelperForm(forms.Form):
    """What is written down of somebody who can be called in."""

    name = _line(mark("Name of the helper"), 80)
    code = _line(mark("Short code"), 30, help_text=mark("Such as 110, or a number of your own."))
    kind = forms.ChoiceField(label=mark("Kind of helper"))
    telephone = _line(mark("Telephone number"), 30, attrs=_PHONE)
    hours = _line(
        mark("When they can be reached"),
        60,
        required=False,
        help_text=mark("In words; empty: always."),
    )
    remark = _line(mark("Remark"), 200, required=False)
    unit = forms.ChoiceField(
        label=mark("Unit of the crew"), required=False, help_text=mark("For crews of our own.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(code, translated(word)) for code, word in KIND_NAMES.items()])
        offer(self, "unit", [("", translated(mark("not ours"))), *unit_choices(units)])

    def details(self) -> HelperDetails:
        """Return what was filled in."""
        given = self.cleaned_data
        names = ("name", "code", "kind", "telephone", "hours", "remark")
        unit = int(given["unit"]) if given["unit"] else None
        return HelperDetails(unit=unit, **{name: given[name] for name in names})


class DutyForm(forms.Form):
    """Who is on duty in a unit, from when until when; who ends before they begin ends next day."""

    who = forms.ChoiceField(label=mark("Who is on duty"))
    role = _line(
        mark("As what"), 40, required=False, help_text=mark("Such as 值班领导, 夜班, 拖车班.")
    )
    telephone = _line(
        mark("Telephone on duty"), 30, required=False, attrs=_PHONE,
        help_text=mark("Empty: the one that is known of them."),
    )  # fmt: skip
    begins = forms.TimeField(label=mark("Duty begins"), widget=TimeInput())
    ends = forms.TimeField(
        label=mark("Duty ends"),
        widget=TimeInput(),
        help_text=mark("Earlier than it begins: the next day."),
    )

    def __init__(
        self,
        *args: Any,
        people: Iterable[PersonShown],
        helpers: Iterable[HelperShown],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ours = [(f"person:{one.id}", f"{one.name}（{one.unit_name}）") for one in people]
        others = [(f"helper:{one.id}", f"{one.name} {one.telephone}") for one in helpers]
        groups: list[tuple[Any, Any]] = [("", translated(mark("choose")))]
        groups += [(translated(mark("People of the house")), ours)] if ours else []
        groups += [(translated(mark("Directory of helpers")), others)] if others else []
        offer(self, "who", groups)

    def details(self, day: date, zone: str) -> DutyDetails:
        """Return what was filled in for a day of a time zone."""
        given, where = self.cleaned_data, ZoneInfo(zone)
        begins: time = given["begins"]
        ends: time = given["ends"]
        next_day = day if ends > begins else day + timedelta(days=1)
        noun, _, number = given["who"].partition(":")
        return DutyDetails(
            begins_at=instant_at(day, begins, where),
            ends_at=instant_at(next_day, ends, where),
            person=int(number) if noun == "person" else None,
            helper=int(number) if noun == "helper" else None,
            role=given["role"],
            telephone=given["telephone"],
        )


class CallForm(forms.Form):
    """Who is called in for a case, how, and what had to be asked first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sent_as = forms.CharField(widget=forms.HiddenInput, max_length=64)
    place = _line(mark("Place"), 200, required=False)
    number = _line(mark("Telephone of the customer"), 30, required=False, attrs=_PHONE)
    called = forms.MultipleChoiceField(
        label=mark("Who is called in"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": mark("Choose who is called in.")},
    )  # fmt: skip
    way = forms.ChoiceField(
        label=mark("How they are told"), widget=forms.RadioSelect, initial=Way.TELEPHONE.value
    )
    text = forms.CharField(
        label=mark("In words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, data: Any = None, *, candidates: Sequence[Candidate], version: int,
        lacking: Sequence[str],
    ) -> None:  # fmt: skip
        super().__init__(data, initial={"version": version, "sent_as": uuid4().hex})
        offer(self, "way", [(code, translated(word)) for code, word in WAY_NAMES.items()])
        field = self.fields["called"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - as declared above
        field.choices = [(one.key, one.name) for one in candidates]
        self._telephones = {one.key: one.telephone for one in candidates}
        for name, code in (("place", "place"), ("number", "phone")):
            if code not in lacking:
                del self.fields[name]
            else:
                self.fields[name].required = True

    def called_in(self) -> list[Called]:
        """Return who was chosen, each by the number that stood beside them."""
        way, found = Way(self.cleaned_data["way"]), []
        for key in self.cleaned_data["called"]:
            noun, _, number = key.partition(":")
            who = {"helper": int(number)} if noun == "helper" else {"person": int(number)}
            found.append(Called(**who, telephone=self._telephones[key], way=way))
        return found


class AnswerForm(forms.Form):
    """What somebody who was called in has said on the telephone."""

    press = forms.ChoiceField(label=mark("What they said"), widget=forms.RadioSelect)
    who = _line(mark("Who said it"), 80, required=False)
    reason = _line(mark("Why, if they refuse"), 500, required=False)
    text = forms.CharField(
        label=mark("In words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, presses: Sequence[Press]) -> None:
        super().__init__(data, initial={"press": presses[0].value if presses else ""})
        offer(self, "press", [(one.value, translated(STATE_NAMES[one])) for one in presses])


def day_of(text: str, today: date) -> date:
    """Return the day that an address names, today where it names none."""
    try:
        found = datetime.strptime(text[:10], "%Y-%m-%d").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return today
    return found if 1900 <= found.year <= 2399 else today
