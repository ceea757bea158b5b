"""What administrators fill in about units and people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms

from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.org.domain.roles import ROLE_NAMES, Role
from rexian.org.queries import PersonShown, UnitShown

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def _text(label: str, longest: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=_PLAIN)
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


def _version() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput)


def unit_choices(units: Iterable[UnitShown]) -> list[tuple[int, str]]:
    """Return units to choose from, each set in below the one above it."""
    return [(one.id, f"{'　' * one.depth}{one.name}") for one in units]


def role_choices() -> list[tuple[str, str]]:
    """Return the roles to choose from, in the reader's language."""
    return [(role.value, translated(ROLE_NAMES[role])) for role in Role]


def offer(form: forms.Form, name: str, choices: Sequence[tuple[Any, str]]) -> None:
    """Let a field choose among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a form's own field
    field.choices = choices


class UnitForm(forms.Form):
    """What is written down of a unit."""

    name = _text(mark("Name of the unit"), 200)
    code = _text(
        mark("Unit code"), 40, help_text=mark("Short and lasting; imports find the unit by it.")
    )
    tier = _text(mark("Tier"), 60, help_text=mark("Your own word: 公司, 处, 科, 站, 班组."))


class ChangeUnitForm(UnitForm):
    """What is written down of a unit that exists."""

    version = _version()


class MoveUnitForm(forms.Form):
    """Below which unit another one is to stand."""

    parent = forms.TypedChoiceField(label=mark("Below"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", unit_choices(units))


class PersonForm(forms.Form):
    """What is written down of a person."""

    name = _text(mark("Name"), 80)
    sign_in = _text(
        mark("Sign-in name"), 60, help_text=mark("Letters and digits, such as wangfang.")
    )
    agent_number = _text(mark("Agent number"), 20, required=False)
    extension = _text(mark("Extension"), 20, required=False)
    email = forms.EmailField(
        label=mark("Mail address"), required=False, widget=forms.EmailInput(attrs=_PLAIN)
    )


class ChangePersonForm(PersonForm):
    """What is written down of a person who is here."""

    version = _version()


class JoinForm(PersonForm):
    """Somebody new, where they belong and what they do there."""

    unit = forms.TypedChoiceField(label=mark("Unit"), coerce=int)
    roles = forms.MultipleChoiceField(
        label=mark("Roles in this unit"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(units))
        offer(self, "roles", role_choices())


class AppointForm(forms.Form):
    """A role, and where."""

    role = forms.ChoiceField(label=mark("Role"))
    unit = forms.TypedChoiceField(label=mark("Unit"), coerce=int)

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", role_choices())
        offer(self, "unit", unit_choices(units))


def _number_or_none(text: str) -> int | None:
    return int(text) if text else None


class LeaveForm(forms.Form):
    """Who takes over what somebody holds open."""

    successor = forms.TypedChoiceField(
        label=mark("Successor"),
        help_text=mark("Takes over what is still open."),
        coerce=_number_or_none,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, successors: Iterable[PersonShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.id), f"{one.name} · {one.unit_name}") for one in successors]
        offer(self, "successor", [("", translated(mark("nobody"))), *named])


class MovePersonForm(LeaveForm):
    """Where somebody is to belong, and who takes over what they hold open."""

    unit = forms.TypedChoiceField(label=mark("To the unit"), coerce=int)
    field_order = ("unit", "successor")

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(units))


class NothingForm(forms.Form):
    """Nothing to fill in: only to be sure."""


class OrganisationForm(forms.Form):
    """What holds for the whole of an organisation."""

    name = _text(mark("Name of the organisation"), 200)
    time_zone = forms.ChoiceField(label=mark("Time zone"))
    language = forms.ChoiceField(
        label=mark("Language of those who have chosen none"),
        choices=[("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "English")],
    )
    administrators_need_codes = forms.BooleanField(
        label=mark("Administrators sign in with a second factor"), required=False
    )
    version = _version()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "time_zone", [(one, one) for one in sorted(available_timezones())])


class RosterForm(forms.Form):
    """A workbook of units and people."""

    roster = forms.FileField(
        label=mark("Workbook"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=mark("Excel (.xlsx), 5 MB and 1000 rows a sheet at most."),
    )
