"""What people fill in where a draft of a standard is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from rexian.console.forms import DateInput
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.standard.domain.editing.fields import Field, Kind
from rexian.standard.domain.editing.labels import label_in
from rexian.standard.domain.editing.reading import read_parameter, read_value
from rexian.standard.domain.pack.whole import Parameter

_LONGEST = 4_000
_LONGEST_FILE = 1_000_000
_ROWS = 14
_LONG_TEXT = 20


class RevisionForm(forms.Form):
    """The draft as it was read: whoever comes second is told."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class ElementForm(RevisionForm):
    """The fields of an element, a field each under the name of its path."""

    def __init__(
        self, fields: Sequence[Field], *, known: Mapping[str, Parameter], prefix: str, **given: Any
    ) -> None:
        super().__init__(prefix=prefix, **given)
        self._shown = {one.name: one for one in fields}
        self._known = known
        for one in fields:
            self.fields[one.name] = _field_of(one)
        self.order_fields([*self._shown, "revision"])

    def clean(self) -> dict[str, Any]:
        """Say of each field whether what was typed is a value for it."""
        for name, one in self._shown.items():
            if name in self.cleaned_data:
                try:
                    self._read(one, self.cleaned_data[name])
                except RexianError as error:
                    self.add_error(name, quoted(error))
        return self.cleaned_data

    @property
    def typed(self) -> Mapping[str, str]:
        """Return what was typed, by the names of the fields."""
        return {name: self.cleaned_data[name] for name in self._shown if name in self.cleaned_data}

    def _read(self, field: Field, typed: str) -> None:
        if field.parameter in self._known:
            read_parameter(field.name, self._known[field.parameter].default, typed)
        else:
            read_value(field, typed)


class DraftParametersForm(RevisionForm):
    """The values of a draft's parameters, a field each."""

    def __init__(
        self, known: Mapping[str, Parameter], values: Mapping[str, Any], **given: Any
    ) -> None:
        super().__init__(**given)
        self._known = known
        for name, one in known.items():
            self.fields[name] = _parameter_field(name, one, values.get(name, one.default))

    def clean(self) -> dict[str, Any]:
        """Say of each parameter whether what was typed is a value for it."""
        for name, one in self._known.items():
            if name in self.cleaned_data:
                try:
                    read_parameter(name, one.default, self.cleaned_data[name])
                except RexianError as error:
                    self.add_error(name, quoted(error))
        return self.cleaned_data

    @property
    def typed(self) -> Mapping[str, str]:
        """Return what was typed, by name."""
        return {name: self.cleaned_data[name] for name in self._known if name in self.cleaned_data}


class FileForm(RevisionForm):
    """A file of the draft's own pack, as it is written."""

    text = forms.CharField(
        label=mark("Source text"),
        required=False,
        strip=False,
        max_length=_LONGEST_FILE,
        widget=forms.Textarea(
            attrs={"class": "source", "spellcheck": "false", "autocapitalize": "off", "rows": 30}
        ),
    )


class NewFileForm(RevisionForm):
    """Where a new file of the pack lies."""

    path = forms.RegexField(
        r"^[\w-]+(/[\w-]+)?\.yaml$",
        label=mark("New file"),
        max_length=80,
        help_text=mark("A name such as rules.yaml, or scenes/opening.yaml."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class WordForm(RevisionForm):
    """A word that is to be forbidden from now on, and in which sense."""

    word = forms.CharField(label=mark("Word"), max_length=40)
    sense = forms.CharField(
        label=mark("Sense in which it is forbidden"), max_length=200, required=False
    )
    phrases = forms.CharField(
        label=mark("Ways to say it"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=mark("A line each; empty: the word wherever the agent says it."),
    )

    def item(self) -> dict[str, Any]:
        """Return the word as a pack writes it."""
        given = self.cleaned_data
        phrases = [line.strip() for line in given["phrases"].splitlines() if line.strip()]
        sense = {"sense": {"zh": given["sense"]}} if given["sense"] else {}
        return {"word": given["word"], **sense, "is": {"phrase": phrases or [given["word"]]}}


class ExcuseForm(RevisionForm):
    """Where a forbidden word is innocent, and why."""

    word = forms.ChoiceField(label=mark("Word"))
    phrases = forms.CharField(
        label=mark("Phrases that excuse it"),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=mark("A line each."),
    )
    why = forms.CharField(label=mark("Why it is innocent there"), max_length=200)

    def __init__(self, words: Sequence[str], **given: Any) -> None:
        super().__init__(**given)
        choices = [(str(number), word) for number, word in enumerate(words)]
        self.fields["word"] = forms.ChoiceField(label=mark("Word"), choices=choices)

    def item(self) -> dict[str, Any]:
        """Return the excuse as a pack writes it."""
        given = self.cleaned_data
        phrases = [line.strip() for line in given["phrases"].splitlines() if line.strip()]
        return {"phrase": phrases, "why": {"zh": given["why"]}}


class PublishDraftForm(RevisionForm):
    """Under which number a draft becomes a version, and from which day on it is in force."""

    number = forms.CharField(
        label=mark("Version number"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    effective_on = forms.DateField(
        label=mark("In force from"),
        widget=DateInput(),
        help_text=mark(
            "Today or a later day. It begins with that day, in the time of the organisation."
        ),
    )


def label_text(field: Field) -> str:
    """Return what a field is called, in the language of whoever looks."""
    around = field.group[1:] if field.is_example else field.group[2:]
    parts = [*around, field.label, *filter(None, field.qualifier.split("/"))]
    return " · ".join(label_in(one, current_language()) for one in parts)


def _field_of(field: Field) -> forms.Field:
    lines = isinstance(field.value, tuple)
    initial = "\n".join(field.value) if isinstance(field.value, tuple) else field.value
    is_long = lines or (field.kind is Kind.TEXT and len(str(initial)) > _LONG_TEXT)
    rows = min(_ROWS, max(2, str(initial).count("\n") + (1 if lines else len(initial) // 24 + 1)))
    widget = forms.Textarea(attrs={"rows": rows}) if is_long else forms.TextInput()
    if field.kind in (Kind.SPAN, Kind.NUMBER):
        widget.attrs.update({"class": "figure-input", "autocomplete": "off"})
    return forms.CharField(
        label=label_text(field),
        initial=initial,
        required=field.kind is not Kind.LINES and not field.parameter,
        max_length=_LONGEST * 10,
        strip=not lines,
        widget=widget,
        help_text=_hint(field),
    )


def _hint(field: Field) -> str:
    if field.parameter:
        return translated(
            mark("The parameter {name}: set here, it is set wherever it stands."),
            name=field.parameter,
        )
    if field.kind is Kind.SPAN:
        return translated(mark("Such as 30min, 12h, 2d; 12小时 is understood too."))
    return translated(mark("A line each.")) if field.kind is Kind.LINES else ""


def _parameter_field(name: str, one: Parameter, value: Any) -> forms.Field:
    default = str(one.default).lower() if isinstance(one.default, bool) else one.default
    hint = translated(mark("{name}; empty: {default}"), name=name, default=default)
    shared: dict[str, Any] = {
        "label": text_in(one.title, current_language()) or name,
        "required": False,
        "help_text": f"{hint} · {one.clause}" if one.clause else hint,
    }
    if isinstance(one.default, bool):
        choices = [("true", translated(mark("yes"))), ("false", translated(mark("no")))]
        return forms.ChoiceField(choices=choices, initial=str(value).lower(), **shared)
    return forms.CharField(max_length=200, initial=value, **shared)
