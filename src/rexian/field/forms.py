"""What is filled in in the field: a refusal, pictures, the work with the order's form."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from rexian.cases.services.answering import Work
from rexian.cases.services.customers import Sent
from rexian.contacts.domain.files import examine
from rexian.contacts.queries import attachment_limit
from rexian.field.doors import MOST_PICTURES
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.standard.domain.forms import check_form
from rexian.standard.domain.pack.recording import FieldSpec, FormSpec

VALUE, MISSING = "value.", "missing."
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_LONGEST_AGO = 12 * 3600
_NEEDED = {"required": mark("Please fill this in.")}


def new_token() -> str:
    """Return a name for one request, which nobody guesses."""
    return secrets.token_urlsafe(18)


def token_of(text: str) -> str:
    """Return a name that a page has made, nothing for what is none."""
    return text if _TOKEN.fullmatch(text) else ""


def ago_of(text: str) -> timedelta:
    """Return how many seconds ago something was pressed, by the telephone's own counting."""
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    return timedelta(seconds=min(seconds, _LONGEST_AGO))


class PicturesInput(forms.FileInput):
    """The telephone's camera, or its pictures."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Pictures, each checked for what it contains; their value is ``Sent`` files."""

    widget = PicturesInput(attrs={"accept": "image/*", "capture": "environment", "multiple": True})

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002 - Django's signature
        """Return the pictures as they may be sent on."""
        given = [one for one in data or () if one]
        if not given:
            raise ValidationError(translated(mark("Take a picture first.")))
        if len(given) > MOST_PICTURES:
            raise ValidationError(translated(mark("At most {most} files."), most=MOST_PICTURES))
        return tuple(_sent(one) for one in given)


class PicturesForm(forms.Form):
    """Pictures from where the work is done."""

    pictures = PicturesField(label=mark("Pictures"))


class WorkForm(forms.Form):
    """What was done, with the fields of the order, and who signs for the customer."""

    text = forms.CharField(
        label=mark("What was done there"), max_length=2000, error_messages=_NEEDED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, spec: FormSpec | None, known: Mapping[str, str], customer: str
    ) -> None:
        super().__init__(data, auto_id="work-%s")
        self._spec = spec
        if spec is None:
            return
        for one in spec.fields:
            self._add(one, spec, known.get(one.id, ""))
        self.fields["signer"] = forms.CharField(
            label=mark("The customer's name"), max_length=80, required=False, initial=customer,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )  # fmt: skip
        self.fields["drawing"] = forms.CharField(
            required=False, max_length=40_000, widget=forms.HiddenInput
        )
        self.fields["confirmed"] = forms.BooleanField(
            label=mark("The customer has read it and agrees, without drawing"), required=False
        )

    def clean(self) -> dict[str, Any]:
        """Say of every field at once what the order does not take."""
        data = super().clean() or {}
        if self._spec is None:
            return data
        for one in check_form(self._spec, _answers(data, VALUE), _answers(data, MISSING)):
            name = f"{VALUE}{one.field}"
            if name in self.fields and name not in self.errors:
                self.add_error(name, one.sentence(current_language()))
        if data.get("drawing") and not data.get("signer"):
            self.add_error("signer", translated(mark("Say who signs.")))
        return data

    def work(self, *, sent_as: str, ago: timedelta) -> Work:
        """Return what was filled in; a name counts as a signature with a drawing or a tick."""
        data = self.cleaned_data
        is_signed = bool(data.get("drawing") or data.get("confirmed"))
        return Work(
            text=data["text"],
            values=_answers(data, VALUE),
            missing=_answers(data, MISSING),
            signer=data.get("signer", "") if is_signed else "",
            drawing=data.get("drawing", ""),
            sent_as=sent_as,
            ago=ago,
        )

    def refuse(self, error: RexianError) -> None:
        """Say why it was not taken, beside the field that the error names."""
        told = str(error.details.get("field", ""))
        names = ("signer" if told == "signature" else told, f"{VALUE}{told}")
        field = next((one for one in names if one in self.fields), None)
        self.add_error(field, quoted(error))

    def _add(self, one: FieldSpec, spec: FormSpec, known: str) -> None:
        field = _field(one)
        is_excused = bool(self.is_bound and self.data.get(f"{MISSING}{one.id}"))
        field.required, field.initial = one.is_required and not is_excused, known
        field.error_messages |= _NEEDED
        self.fields[f"{VALUE}{one.id}"] = field
        if spec.lacking and one.needed == "to_close":
            language = current_language()
            reasons = [(code, text_in(why, language)) for code, why in spec.lacking.items()]
            label = translated(mark("{field}: not known because"), field=str(field.label))
            self.fields[f"{MISSING}{one.id}"] = forms.ChoiceField(
                label=label, choices=[("", "—"), *reasons], required=False
            )


def _field(one: FieldSpec) -> forms.Field:
    label = text_in(one.label, current_language())
    if one.type in {"choice", "yes_no"}:
        language = current_language()
        choices = [(code, text_in(text, language)) for code, text in one.choices.items()]
        if one.type == "yes_no":
            choices = [("yes", translated(mark("yes"))), ("no", translated(mark("no")))]
        return forms.ChoiceField(
            label=label, choices=choices, required=False, widget=forms.RadioSelect
        )
    if one.type == "long":
        area = forms.Textarea(attrs={"rows": 2})
        return forms.CharField(label=label, max_length=10_000, required=False, widget=area)
    shape = {"phone": {"type": "tel"}, "count": {"inputmode": "numeric"}}.get(one.type, {})
    line = forms.TextInput(attrs={"autocomplete": "off", **shape})
    return forms.CharField(label=label, max_length=200, required=False, widget=line)


def _answers(data: Mapping[str, Any], prefix: str) -> dict[str, str]:
    found = {name: value for name, value in data.items() if name.startswith(prefix) and value}
    return {name.removeprefix(prefix): str(value) for name, value in found.items()}


def _sent(file: Any) -> Sent:
    most = attachment_limit()
    content = file.read(most + 1)
    try:
        examine(content, most=most)
    except RexianError as error:
        raise ValidationError(quoted(error)) from None
    return Sent((file.name or "")[:200], content)
