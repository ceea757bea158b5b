"""What is filled in to put up a notice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from rexian.console.organisation_forms import offer, unit_choices
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.notices.domain.notices import LONGEST_TEXT, Importance
from rexian.org.queries import UnitShown


class InstantInput(forms.DateTimeInput):
    """A minute of a day, picked in the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class NoticeForm(forms.Form):
    """What everybody in a unit has to know, and until when."""

    unit = forms.TypedChoiceField(
        label=mark("For"), coerce=int, help_text=mark("The unit and all below it.")
    )
    text = forms.CharField(
        label=mark("What they have to know"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    importance = forms.ChoiceField(
        label=mark("Importance"), widget=forms.RadioSelect, initial=Importance.ORDINARY.value
    )
    until_at = forms.DateTimeField(
        label=mark("Up until"),
        widget=InstantInput(),
        help_text=mark("It comes down by itself then, after 90 days at most."),
    )

    def __init__(self, *args: Any, units: Iterable[UnitShown], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", unit_choices(units))
        words = {Importance.ORDINARY: mark("ordinary"), Importance.URGENT: mark("urgent")}
        offer(self, "importance", [(one.value, translated(words[one])) for one in Importance])
