"""What somebody fills in who wants conversations replayed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from rexian.console.forms import DateInput
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language


class ReplayForm(forms.Form):
    """The days, and by which standard the conversations were judged."""

    since = forms.DateField(label=mark("First day"), widget=DateInput())
    until = forms.DateField(label=mark("Last day"), widget=DateInput())
    judged_by = forms.ChoiceField(
        label=mark("Conversations judged by"),
        help_text=mark("Each is compared with what the version that judged it says."),
    )

    def __init__(
        self, offered: Mapping[str, Mapping[str, str]], data: Any = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        language = current_language()
        field: Any = self.fields["judged_by"]
        field.choices = [(name, text_in(title, language)) for name, title in offered.items()]
