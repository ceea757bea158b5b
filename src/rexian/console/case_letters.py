"""Letters of outside bodies as the console shows them, and the form by which a list comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from rexian.cases.queries import CaseShown
from rexian.cases.queries.letters import LetterShown
from rexian.console.cases import BODIES, LIVE, state_title
from rexian.console.telling import instant
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.requests import PageRequest

_CHOICE = {"required": mark("Please choose."), "invalid_choice": mark("Please choose.")}


class LettersForm(forms.Form):
    """A list of letters: whose it is, for which hotline, and the file."""

    body = forms.ChoiceField(label=mark("Outside body"), choices=(), error_messages=_CHOICE)
    hotline = forms.ChoiceField(label=mark("For the hotline"), error_messages=_CHOICE)
    list = forms.FileField(
        label=mark("List of letters"),
        help_text=mark(
            "XLSX or CSV, as the body's platform gives it out. Columns are known by their names; "
            "needed are its number and the matter."
        ),
        error_messages={"required": mark("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: Any, hotlines: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body, field = self.fields["body"], self.fields["hotline"]
        assert isinstance(body, forms.ChoiceField)  # noqa: S101 - as declared above
        body.choices = [(code, translated(name)) for code, name in BODIES.items()]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = tuple(hotlines)
        if len(hotlines) == 1:
            field.widget = forms.HiddenInput()
            self.initial["hotline"] = hotlines[0][0]


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter as the list shows it."""

    case: CaseShown
    state: str
    due: str
    is_late: bool
    taken: str


def letter_lines(
    shown: Sequence[LetterShown], request: PageRequest, at: datetime
) -> tuple[LetterLine, ...]:
    """Return letters as lines."""
    zone = request.person.time_zone
    return tuple(
        LetterLine(
            one.case,
            state_title(one.case),
            instant(one.answer_by, zone) if one.answer_by else "",
            one.case.standing in LIVE and one.answer_by is not None and one.answer_by <= at,
            instant(one.case.taken_at, zone),
        )
        for one in shown
    )
