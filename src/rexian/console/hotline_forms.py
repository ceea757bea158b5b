"""What is filled in about a hotline, and about those who serve it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from django import forms

from rexian.console.organisation_forms import offer, unit_choices
from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.domain.presence import BREAK_NAMES, Break
from rexian.contacts.queries import HotlineShown, QueueShown
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.org.queries import UnitShown

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_SECONDS = mark("In seconds.")
_EMERGENCY = "!"
_CALLBACKS = ("callback_time", "callback_attempts", "callback_pause")


def _figure(label: str, least: int, most: int, hint: str = _SECONDS) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint)


class HotlineForm(forms.Form):
    """How customers reach us, when, by which standard, and what is figured for agents."""

    unit = forms.TypedChoiceField(label=mark("Unit"), coerce=int)
    name = forms.CharField(label=mark("Name of the hotline"), max_length=100)
    code = forms.CharField(
        label=mark("Code"),
        max_length=39,
        widget=forms.TextInput(attrs=_PLAIN),
        help_text=mark("It stands in the address that customers open."),
    )
    company = forms.CharField(
        label=mark("Company name"), max_length=100, help_text=mark("As it is said to customers.")
    )
    telephone = forms.CharField(label=mark("Telephone"), max_length=40, required=False)
    notice = forms.CharField(
        label=mark("Notice at the beginning"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=mark("That conversations are recorded, and why."),
    )
    standard = forms.ChoiceField(label=mark("Standard"))
    hours = forms.CharField(
        label=mark("Service hours"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, **_PLAIN}),
        help_text=mark("As in the calendar's description, such as hours: {mon-fri: 08:00-18:00}."),
    )
    queues = forms.CharField(
        label=mark("Queues"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, **_PLAIN}),
        help_text=mark("One a line: code, name. An exclamation mark before it: an emergency."),
    )
    offer_time = _figure(mark("Time to take an offer"), 5, 300)
    after_time = _figure(mark("Target of after-contact work"), 10, 3600)
    target_wait = _figure(mark("Target of the wait"), 1, 3600)
    chat_capacity = _figure(mark("Chats at once"), 1, 20, mark("For each agent, unless said."))
    callback_time = _figure(
        mark("Called back within"), 60, 7 * 86400, mark("In seconds of service time.")
    )
    callback_attempts = _figure(mark("Attempts to reach somebody"), 1, 20, "")
    callback_pause = _figure(mark("Pause between two attempts"), 60, 7 * 86400)
    sites = forms.CharField(
        label=mark("Websites with the chat"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, **_PLAIN}),
        help_text=mark("One a line, as https://www.example.org: they may show it in a frame."),
    )
    breaks = forms.CharField(
        label=mark("Breaks"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}),
        help_text=mark("One a line: reason, minutes a day."),
    )

    def __init__(
        self, *args: Any, units: Iterable[UnitShown], standards: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(units))
        offer(self, "standard", [(one, one) for one in standards])

    def clean_hours(self) -> Mapping[str, Any]:
        """Return the calendar's description; what it means is read by the service."""
        try:
            read = yaml.safe_load(self.cleaned_data["hours"]) or {}
        except yaml.YAMLError:
            read = None
        if not isinstance(read, dict):
            raise forms.ValidationError(translated(mark("This is no description of hours.")))
        return read

    def clean_queues(self) -> tuple[QueueShown, ...]:
        """Return the queues that stand there line by line."""
        lines = self.cleaned_data["queues"].splitlines()
        return tuple(_queue(one) for one in lines if one.strip())

    def clean_sites(self) -> tuple[str, ...]:
        """Return the websites line by line."""
        return tuple(one.strip() for one in self.cleaned_data["sites"].split())

    def clean_breaks(self) -> Mapping[str, int]:
        """Return the minutes of each reason."""
        lines = (one.split() for one in self.cleaned_data["breaks"].splitlines())
        return dict(_break(one) for one in lines if one)


class ServingForm(forms.Form):
    """Which queues somebody serves, and how many chats at once."""

    queues = forms.MultipleChoiceField(
        label=mark("Queues"), widget=forms.CheckboxSelectMultiple, required=False
    )
    capacity = forms.IntegerField(label=mark("Chats at once"), min_value=1, max_value=20)

    def __init__(self, *args: Any, hotline: HotlineShown, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["queues"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - this form's own field
        field.choices = [(one.code, one.name) for one in hotline.queues]


def details_of(given: Mapping[str, Any]) -> HotlineDetails:
    """Return what a filled-in form says of a hotline."""
    plain = {"unit", "hours", "queues"}
    return HotlineDetails(
        calendar=given["hours"], **{key: given[key] for key in given if key not in plain}
    )


def filled(hotline: HotlineShown) -> dict[str, object]:
    """Return what the form begins with for a hotline that there is."""
    names = ("name", "code", "company", "telephone", "notice", "standard", "unit")
    figures = ("offer_time", "after_time", "target_wait", "chat_capacity", *_CALLBACKS)
    return {name: getattr(hotline, name) for name in (*names, *figures)} | {
        "hours": _as_text(hotline.calendar),
        "queues": "\n".join(
            f"{_EMERGENCY if one.emergency else ''}{one.code} {one.name}" for one in hotline.queues
        ),
        "sites": "\n".join(hotline.sites),
        "breaks": "\n".join(f"{reason} {minutes}" for reason, minutes in hotline.breaks.items()),
    }


def _as_text(calendar: Mapping[str, object]) -> str:
    if not calendar:
        return ""
    return yaml.safe_dump(dict(calendar), allow_unicode=True, sort_keys=False)


def _queue(line: str) -> QueueShown:
    code, _, name = line.strip().partition(" ")
    return QueueShown(
        code=code.lstrip(_EMERGENCY),
        name=name.strip() or code.lstrip(_EMERGENCY),
        emergency=code.startswith(_EMERGENCY),
    )


def _break(words: list[str]) -> tuple[str, int]:
    known = {translated(name): reason.value for reason, name in BREAK_NAMES.items()}
    reason = known.get(words[0], words[0])
    if len(words) != 2 or not words[1].isdigit() or reason not in set(Break):
        raise forms.ValidationError(translated(mark("A line has a reason and its minutes.")))
    return reason, int(words[1])
