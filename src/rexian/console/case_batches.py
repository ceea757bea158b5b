"""To whom the cases go that are ticked on the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms

from rexian.console.organisation_forms import offer
from rexian.kernel.language import mark
from rexian.look.environment import translated


class ReassignForm(forms.Form):
    """A person or a unit, and why; ``sent_as`` names the request, a second click is the same."""

    person = forms.ChoiceField(label=mark("To the person"), required=False)
    unit = forms.ChoiceField(label=mark("or to the unit"), required=False)
    reason = forms.CharField(
        label=mark("Why"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    sent_as = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, choices: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, initial={"sent_as": uuid4().hex}, auto_id="reassign-%s")
        nobody = [("", translated(mark("choose")))]
        offer(self, "person", [*nobody, *choices["handlers"]])
        offer(self, "unit", [*nobody, *choices["units"]])

    def goal(self) -> dict[str, Any]:
        """Return what was filled in as the service takes it."""
        given = self.cleaned_data
        return {
            "person": int(given["person"]) if given["person"] else None,
            "unit": int(given["unit"]) if given["unit"] else None,
            "reason": given["reason"],
            "sent_as": given["sent_as"],
        }
