"""What inspectors fill in about findings."""

from __future__ import annotations

from typing import Any

from django import forms

from rexian.dialogue.domain.reviewing import LONGEST_NOTE, SAYABLE
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.reports.inspection.tallies import clause_order
from rexian.reports.inspection.words import outcome_word
from rexian.standard.queries.published import load_version

_LONGEST_CHOICE = 40


class ChangeForm(forms.Form):
    """What a finding is instead, by which clause, and why."""

    outcome = forms.ChoiceField(label=mark("It is"))
    clause = forms.ChoiceField(label=mark("Clause"))
    note = forms.CharField(
        label=mark("Why"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, clauses: int, **options: Any) -> None:
        super().__init__(*args, **options)
        language = current_language()
        self._offer("outcome", [(one.value, outcome_word(one, language)) for one in SAYABLE])
        known = load_version(clauses).clauses
        ordered = sorted(known, key=clause_order)
        self._offer(
            "clause", [(one, _title(one, text_in(known[one].text, language))) for one in ordered]
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - a form's own field
        field.choices = (
            [("", translated(mark("choose"))), *choices] if name == "outcome" else choices
        )


def _title(clause: str, text: str) -> str:
    short = text if len(text) <= _LONGEST_CHOICE else f"{text[:_LONGEST_CHOICE]}…"
    return f"{clause} {short}"
