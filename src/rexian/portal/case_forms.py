"""What customers fill in for their cases: to submit one, to find theirs, to add, to withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rexian.cases.domain.customers import Submission
from rexian.cases.domain.details import LONGEST_MATTER
from rexian.cases.queries.public import PublicCategory
from rexian.cases.services.customers import Sent
from rexian.contacts.domain.files import examine
from rexian.contacts.queries import attachment_limit
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import quoted, translated
from rexian.portal.forms import new_token, token_of

MOST_PICTURES = 5
ACCEPTED = "image/jpeg,image/png,image/gif,image/webp,application/pdf"
_NEEDED = {"required": mark("Please fill this in.")}
_MOST_NAME = 200


class PicturesInput(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Pictures and PDF, each checked for what it contains; their value is ``Sent`` files."""

    widget = PicturesInput(attrs={"accept": ACCEPTED, "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002 - Django's signature
        """Return the files as they may be sent on."""
        given = [one for one in data or () if one]
        if len(given) > MOST_PICTURES:
            raise ValidationError(translated(mark("At most {most} files."), most=MOST_PICTURES))
        return tuple(_sent(one) for one in given)


def _sent(file: Any) -> Sent:
    most = attachment_limit()
    content = file.read(most + 1)
    try:
        examine(content, most=most)
    except RexianError as error:
        raise ValidationError(quoted(error)) from None
    return Sent((file.name or "")[:_MOST_NAME], content)


class SubmitForm(forms.Form):
    """A request or a complaint in writing."""

    category = forms.ChoiceField(
        label=mark("What is it about?"),
        error_messages={
            "required": mark("Please choose."),
            "invalid_choice": mark("Please choose."),
        },
    )
    matter = forms.CharField(
        label=mark("What happened, and what do you want from us?"),
        max_length=LONGEST_MATTER,
        error_messages=_NEEDED,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    place_text = forms.CharField(
        label=mark("Where?"),
        help_text=mark("Road and kilometre, station, address, meter: whatever leads us there."),
        required=False,
        max_length=200,
    )
    pictures = PicturesField(
        label=mark("Pictures or PDF"),
        help_text=mark("At most five."),
        required=False,
    )
    number = forms.CharField(
        label=mark("Telephone, so that we can answer you"),
        max_length=30,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    name = forms.CharField(
        label=mark("How may we call you?"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    wants_answer = forms.BooleanField(
        label=mark("Tell me what comes of it"), required=False, initial=True
    )
    hides_customer = forms.BooleanField(
        label=mark("Do not tell the unit that I complain of who I am"), required=False
    )
    sent_as = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        categories: Sequence[PublicCategory],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("sent_as", new_token())
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - as declared above
        field.choices = [("", "—"), *_grouped(categories, language)]

    def submission(self) -> Submission:
        """Return what was filled in."""
        given = self.cleaned_data
        names = ("category", "matter", "place_text", "number", "name", "wants_answer")
        return Submission(
            sent_as=token_of(given["sent_as"]) or new_token(),
            hides_customer=given["hides_customer"],
            **{name: given[name] for name in names},
        )


def _grouped(
    categories: Sequence[PublicCategory], language: str
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the categories as the groups of a list to choose from."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in categories:
        group = groups.setdefault(text_in(one.group, language), [])
        group.append((one.code, text_in(one.name, language)))
    return list(groups.items())


class FollowForm(forms.Form):
    """The number of a case, and the telephone number that it was taken with."""

    reference = forms.CharField(
        label=mark("Number of your request"),
        help_text=mark("Twelve digits or more, as on your slip or in our message."),
        max_length=40,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    number = forms.CharField(
        label=mark("Your telephone number"),
        max_length=30,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class AddForm(forms.Form):
    """More facts, or pictures, for a case that is there already."""

    text = forms.CharField(
        label=mark("What else should we know?"),
        required=False,
        max_length=LONGEST_MATTER,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pictures = PicturesField(label=mark("Pictures or PDF"), required=False)

    def clean(self) -> dict[str, Any]:
        """See that there is something to add."""
        given = super().clean() or {}
        is_faulty = bool(self.errors)
        if not is_faulty and not given.get("text", "").strip() and not given.get("pictures"):
            self.add_error("text", mark("Write something, or choose a picture."))
        return given


class WithdrawForm(forms.Form):
    """Why somebody takes their request back."""

    reason = forms.CharField(
        label=mark("Why do you withdraw it?"),
        max_length=500,
        error_messages=_NEEDED,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
