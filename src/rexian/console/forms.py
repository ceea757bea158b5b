"""What people fill in at the console."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.standard.queries.published import Setting, VersionLine

BY_RECORD = "record"
_LONGEST_ROLES = 2000


class DateInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SeveralFilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """At least one file; its value is a list."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, each as Django checks one; what is in them is for the service."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFiles, self).clean(one, initial) for one in given or [None]]


class PublishForm(forms.Form):
    """From which day on a version is in force."""

    effective_on = forms.DateField(
        label=mark("In force from"),
        widget=DateInput(),
        help_text=mark(
            "Today or a later day. It begins with that day, in the time of the organisation."
        ),
    )


class ArchiveForm(forms.Form):
    """A standard of one's own, packed."""

    archive = forms.FileField(
        label=mark("ZIP archive of a standard"),
        help_text=mark(
            "The folder of the standard with its pack.yaml, and beside it the folders that it "
            "builds on, if they do not come with Rexian."
        ),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )


class ParametersForm(forms.Form):
    """The values of a version's parameters, a field each."""

    def __init__(self, settings: Iterable[Setting], data: Any = None) -> None:
        super().__init__(data)
        for one in settings:
            self.fields[one.name] = _field_of(one)

    @property
    def values(self) -> Mapping[str, str]:
        """Return what was written, by name."""
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}


class SendInForm(forms.Form):
    """Conversations to be inspected, by which standard, and who is who in them."""

    uploads = SeveralFiles(
        label=mark("Files with conversations"),
        help_text=mark(
            "JSONL, JSON, CSV, TSV, Excel workbooks or plain text with a name before each turn."
        ),
        error_messages={
            "required": mark("Choose at least one file with conversations."),
            "empty": mark("One of the files is empty."),
            "invalid": mark("Choose at least one file with conversations."),
        },
    )
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    standard = forms.ChoiceField(label=mark("Standard"))
    roles = forms.CharField(
        label=mark("Who is who"),
        required=False,
        max_length=_LONGEST_ROLES,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "A=客服\nB=客户"}),
        help_text=mark(
            "Only where the files call the two sides something unusual: a line each, as A=agent."
        ),
    )

    def __init__(
        self, versions: Sequence[VersionLine], data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        choices = [(str(one.id), _choice(one)) for one in versions]
        by_record = (BY_RECORD, translated(mark("Each by the standard that its record asks for")))
        ordered = [*choices[:1], by_record, *choices[1:]] if choices else []
        self.fields["standard"] = forms.ChoiceField(label=mark("Standard"), choices=ordered)

    def clean_roles(self) -> Mapping[str, str]:
        """Return which side each name is."""
        roles = {}
        for line in self.cleaned_data["roles"].splitlines():
            if line.strip():
                name, sign, role = line.replace("＝", "=").partition("=")
                if not (sign and name.strip() and role.strip()):
                    raise forms.ValidationError(
                        translated(
                            mark("Write a name and a side, as A=agent, not “{line}”."), line=line
                        )
                    )
                roles[name.strip()] = role.strip()
        return roles


def _choice(version: VersionLine) -> str:
    return f"{text_in(version.title, current_language())} {version.number}"


def _field_of(setting: Setting) -> forms.Field:
    """Return the field of a parameter, of the kind that its default is."""
    label = text_in(setting.title, current_language()) or setting.name
    default = str(setting.default).lower() if isinstance(setting.default, bool) else setting.default
    shared: dict[str, Any] = {
        "label": label,
        "required": False,
        "help_text": translated(
            mark("{name}; empty: {default}"), name=setting.name, default=default
        ),
    }
    if isinstance(setting.default, bool):
        choices = [("true", translated(mark("yes"))), ("false", translated(mark("no")))]
        initial = str(setting.value).lower()
        return forms.ChoiceField(choices=choices, initial=initial, **shared)
    return forms.CharField(max_length=200, initial=setting.value, **shared)
