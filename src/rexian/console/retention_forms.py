"""What is filled in about how long recordings are kept."""

from __future__ import annotations

from typing import Any

from django import forms

from rexian.console.organisation_forms import offer
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.speech.domain.recordings import KIND_NAMES
from rexian.speech.domain.retention import LONGEST


class RetentionForm(forms.Form):
    """For how many days recordings of a kind are kept, and whether what was said goes too."""

    days = forms.IntegerField(
        label=mark("Days from the call"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=mark("Nothing filled in keeps them for good."),
    )
    words = forms.BooleanField(
        label=mark("What was said goes with the sound"),
        required=False,
        help_text=mark(
            "Otherwise the transcript and the findings stay, as those of a chat do. What a person "
            "has confirmed stays in any case."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HoldForm(forms.Form):
    """Why a recording is kept beyond its time."""

    why = forms.CharField(
        label=mark("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class KindForm(forms.Form):
    """What a recording is kept as."""

    kind = forms.ChoiceField(label=mark("Kept as"), required=False, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(one.value, translated(name)) for one, name in KIND_NAMES.items()]
        offer(self, "kind", [("", translated(mark("as its contact was"))), *kinds])


class RemoveForm(forms.Form):
    """Whether what was said goes with the sound."""

    words = forms.BooleanField(label=mark("What was said goes with the sound"), required=False)
