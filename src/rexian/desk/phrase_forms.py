"""The form of a phrase."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from rexian.kernel.language import mark
from rexian.knowledge.domain.phrases import LONGEST_SHORTCUT, LONGEST_TEXT
from rexian.org.queries import UnitShown


class PhraseForm(forms.Form):
    """A shortcut, its words, and whose they are."""

    shortcut = forms.CharField(
        label=mark("Shortcut"),
        max_length=LONGEST_SHORTCUT + 1,
        help_text=mark("Typed behind a slash in the conversation: /hello"),
    )
    text = forms.CharField(
        label=mark("Words"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = forms.TypedChoiceField(
        label=mark("Whose phrase"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: object, units: Sequence[UnitShown], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # what Django's form takes
        if not units:
            del self.fields["unit"]
            return
        own = ("", mark("Only me"))
        field = self.fields["unit"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 - declared above
        field.choices = [own, *((one.id, one.name) for one in units)]
