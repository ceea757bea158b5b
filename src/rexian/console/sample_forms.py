"""What somebody fills in who draws a sample, or who says what a contact is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from rexian.console.forms import DateInput
from rexian.console.sentences_quality import METHODS
from rexian.kernel.language import mark
from rexian.quality.domain.answers import LONGEST_NOTE, Said, said_of
from rexian.quality.domain.sampling import MOST
from rexian.quality.services.answering import Given


class SampleForm(forms.Form):
    """What to draw: from which days, by which method, how many."""

    title = forms.CharField(label=mark("Name of the sample"), max_length=100)
    standard = forms.ChoiceField(
        label=mark("Standard"), help_text=mark("Contacts that this standard has judged.")
    )
    since = forms.DateField(label=mark("First day"), widget=DateInput())
    until = forms.DateField(label=mark("Last day"), widget=DateInput())
    method = forms.ChoiceField(
        label=mark("Drawn"),
        choices=[(one.value, word) for one, word in METHODS.items()],
        widget=forms.RadioSelect(),
        help_text=mark(
            "Only what is drawn by chance, or evenly by agent, tells how the machine does in "
            "general; what is drawn by risk finds more faults for the same listening."
        ),
    )
    size = forms.IntegerField(label=mark("How many contacts"), min_value=1, max_value=MOST)
    clauses = forms.CharField(
        label=mark("Clauses to ask about"),
        required=False,
        max_length=2000,
        help_text=mark("With spaces between them. Empty: those on which the machine has spoken."),
    )
    trusted_from = forms.FloatField(
        label=mark("Trust the machine from a kappa of"), min_value=0.01, max_value=1.0
    )
    seed = forms.CharField(
        label=mark("Seed"),
        max_length=40,
        help_text=mark("The same seed draws the same contacts: anybody can draw again."),
    )
    sent_as = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput())

    def __init__(
        self, standards: Sequence[tuple[str, str]], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["standard"]
        field.choices = standards


def given_in(posted: QueryDict, clauses: Sequence[str]) -> Mapping[str, Given]:
    """Return what a form says of the clauses that a sample asks; raise ``BadAnswer``.

    A clause of which nothing is marked is left out.
    """
    given = {}
    for clause in clauses:
        said = posted.get(f"said-{clause}", "")
        if said:
            note = posted.get(f"note-{clause}", "")[:LONGEST_NOTE]
            given[clause] = Given(said_of(said), note)
    return given


SAID_WORDS = {
    Said.NO_FAULT: mark("No fault"),
    Said.BROKEN: mark("Fault"),
    Said.CANNOT_TELL: mark("Cannot tell"),
}
