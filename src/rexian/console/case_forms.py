"""What a move of a case asks for: a small form with exactly that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms

from rexian.cases.domain.moving import LACKING
from rexian.cases.queries import CasePage
from rexian.cases.services import Given
from rexian.console.cases import CLASSES, FINDINGS
from rexian.console.forms import SeveralFilesInput
from rexian.console.notice_forms import InstantInput
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.standard.domain.pack.casework import MoveSpec, Need
from rexian.standard.domain.pack.recording import FieldSpec, FormSpec

LONGEST_REASON, LONGEST_TEXT = 500, 10_000
VALUE, MISSING = "value.", "missing."
NAMES = {"due": "due_at", "class": "case_class", "signature": "signer", "form": None}
"""Which field of the form stands for what a service names otherwise."""

SENDS = frozenset({"forward", "arbitrate"})
"""Moves that send a slip on: the unit that gets it fills in the rest."""

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """Who and what may be chosen with a move."""

    units: Choices = ()
    people: Choices = ()
    signer: str = ""
    sheet: FormSpec | None = None
    values: Mapping[str, str] | None = None
    missing: Mapping[str, str] | None = None


class FilesField(forms.FileField):
    """Any number of files, also none; its value is a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each as Django checks one; what is in them is for the service."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given if one]


class MoveForm(forms.Form):
    """What is given with a move; ``sent_as`` names the request, ``version`` the case as seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    sent_as = forms.CharField(widget=forms.HiddenInput, max_length=64)
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)

    def __init__(
        self, move: MoveSpec, page: CasePage, choosable: Choosable, data: Any = None,
        files: Any = None,
    ) -> None:  # fmt: skip
        initial = {"version": page.case.version, "sent_as": uuid4().hex}
        super().__init__(data, files, initial=initial, auto_id=f"{move.id}-%s")
        self.move = move
        asked = set(move.needs)
        for need in _ORDER:
            if need in asked and (need != "person" or choosable.people):
                self.fields |= _FIELDS[need](choosable, page)
        self._sheet = choosable.sheet
        self._kept_values: Mapping[str, str] = choosable.values or {}
        if choosable.sheet is not None:
            self.fields |= sheet_fields(choosable, only_needed=move.does in SENDS)
        if asked & {"text", "file"}:
            self.fields["files"] = FilesField(label=mark("Pictures and papers"), required=False)
        if "signature" in asked:
            self.fields |= _signature(choosable)
        for need in asked:
            self._say_what_lacks(need)

    @property
    def is_bare(self) -> bool:
        """Tell whether there is nothing to fill in: the move is one button."""
        return not self.visible_fields()

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what somebody has written, with its label, so that it is not lost."""
        found = ((str(one.label), str(one.value() or "")) for one in self.visible_fields())
        return [(label, value) for label, value in found if value and self.is_bound]

    @property
    def kept_files(self) -> tuple[int, ...]:
        """Return the files that came with an earlier try."""
        ids = self.data.get("kept", "") if self.is_bound else ""
        return tuple(found for one in ids[:400].split(",") if (found := _number(one)) is not None)

    def given(self, files: Sequence[int]) -> Given:
        """Return what was filled in as services take it."""
        data = self.cleaned_data
        has_sheet = any(name.startswith(VALUE) for name in self.fields)
        return Given(
            reason=data.get("reason", ""),
            text=data.get("text", ""),
            unit=_number(data.get("unit")),
            person=_number(data.get("person")),
            due_at=data.get("due_at"),
            finding=data.get("finding", ""),
            responsible={"yes": True, "no": False}.get(data.get("responsible", "")),
            case_class=data.get("case_class", ""),
            files=tuple(files),
            signer=data.get("signer", ""),
            values=self._whole(data) if has_sheet else None,
            missing=answers(data, MISSING) if has_sheet else None,
            sent_as=data["sent_as"],
        )

    def _whole(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Return what was filled in, and what stands in the slip and was not asked for here."""
        ours = self._sheet.fields if self._sheet else ()
        kept = {
            one.id: self._kept_values[one.id]
            for one in ours
            if f"{VALUE}{one.id}" not in self.fields and self._kept_values.get(one.id)
        }
        return kept | answers(data, VALUE)

    def refuse(self, error: RexianError) -> None:
        """Say why it was not done, beside the field that the error names."""
        told = str(error.details.get("field", ""))
        wanted = (NAMES.get(told, told), f"{VALUE}{told}", "files" if told == "file" else None)
        field = next((one for one in wanted if one in self.fields), None)
        self.add_error(field, quoted(error))

    def _say_what_lacks(self, need: Need) -> None:
        name = NAMES.get(need, need)
        if name in self.fields:
            self.fields[name].error_messages["required"] = LACKING[need]


def sheet_fields(choosable: Choosable, *, only_needed: bool = False) -> dict[str, forms.Field]:
    """Return the fields of a slip, each with why it may be missing where it has to be there.

    ``only_needed`` leaves to the unit that a slip is sent to what is theirs to fill in.
    """
    sheet = choosable.sheet
    if sheet is None:
        return {}
    language, made = current_language(), {}
    lacking = [(code, text_in(one, language)) for code, one in sheet.lacking.items()]
    for one in sheet.fields:
        if only_needed and one.needed != "to_dispatch":
            continue
        field = _sheet_field(one, language)
        field.initial = (choosable.values or {}).get(one.id, "")
        made[f"{VALUE}{one.id}"] = field
        if lacking and one.needed == "to_close":
            label = translated(mark("{field}: not known because"), field=field.label)
            choices = [("", translated(mark("it is filled in, or still to come"))), *lacking]
            why = forms.ChoiceField(label=label, choices=choices, required=False)
            why.initial = (choosable.missing or {}).get(one.id, "")
            made[f"{MISSING}{one.id}"] = why
    return made


def answers(data: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """Return what was filled in of a slip, by its fields."""
    found = {name: value for name, value in data.items() if name.startswith(prefix) and value}
    return {name.removeprefix(prefix): str(value) for name, value in found.items()}


def _sheet_field(one: FieldSpec, language: str) -> forms.Field:
    label = text_in(one.label, language)
    needed = one.needed == "to_dispatch"
    if one.type in {"choice", "yes_no"}:
        choices = [(code, text_in(text, language)) for code, text in one.choices.items()]
        if one.type == "yes_no":
            choices = [("yes", translated(mark("yes"))), ("no", translated(mark("no")))]
        return forms.ChoiceField(label=label, choices=[("", ""), *choices], required=needed)
    if one.type == "long":
        return _words(label, LONGEST_TEXT, rows=2, required=needed)
    kind = "tel" if one.type == "phone" else "text"
    widget = forms.TextInput(attrs={"type": kind, "autocomplete": "off"})
    return forms.CharField(label=label, max_length=200, widget=widget, required=needed)


def _words(label: str, longest: int, *, rows: int = 3, required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, widget=widget, required=required)


def _chosen(label: str, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", translated(mark("choose"))), *choices])


def _finding(_: Choosable, __: CasePage) -> dict[str, forms.Field]:
    told = [(str(code), translated(word)) for code, word in FINDINGS.items()]
    responsible = [
        ("", translated(mark("not decided"))),
        ("yes", translated(mark("responsible"))),
        ("no", translated(mark("not responsible"))),
    ]
    return {
        "finding": _chosen(mark("Finding of the investigation"), told),
        "responsible": forms.ChoiceField(
            label=mark("Is the unit responsible"), choices=responsible, required=False
        ),
    }


def _signature(choosable: Choosable) -> dict[str, forms.Field]:
    return {
        "signer": forms.CharField(
            label=mark("Signed by"), max_length=80, initial=choosable.signer,
            help_text=mark("The name stands on the slip, with the time."),
        ),
        "confirmed": forms.BooleanField(label=mark("I have read it and sign it")),
    }  # fmt: skip


def _classes(_: Choosable, page: CasePage) -> dict[str, forms.Field]:
    ours = [one for one in page.flow.spec.classes if one != page.case.case_class]
    told = [(one, translated(CLASSES.get(one, one))) for one in ours]
    return {"case_class": _chosen(mark("Class of the case"), told)}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


Fields = Callable[[Choosable, CasePage], dict[str, forms.Field]]
_ORDER: tuple[Need, ...] = ("unit", "person", "class", "due", "finding", "text", "reason")
_FIELDS: Mapping[Need, Fields] = {
    "unit": lambda choosable, _: {"unit": _chosen(mark("Unit that it goes to"), choosable.units)},
    "person": lambda choosable, _: {"person": _chosen(mark("Person"), choosable.people)},
    "class": _classes,
    "due": lambda _, __: {
        "due_at": forms.DateTimeField(label=mark("Until when"), widget=InstantInput())
    },
    "finding": _finding,
    "text": lambda _, __: {"text": _words(mark("In words"), LONGEST_TEXT)},
    "reason": lambda _, __: {"reason": _words(mark("Why"), LONGEST_REASON, rows=2)},
}


class ApproveForm(forms.Form):
    """Let happen what somebody asked for, with a word or without."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = _words(mark("Remark"), 500, rows=2, required=False)


class RefuseForm(forms.Form):
    """Do not let happen what somebody asked for, and say why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _words(mark("Why not"), LONGEST_REASON, rows=2)
