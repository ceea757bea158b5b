"""What somebody fills in who sends recordings in, and who has them heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any
from uuid import uuid4

from django import forms

from rexian.clockwork.domain.work import Priority
from rexian.console.forms import SeveralFiles
from rexian.contacts.queries import HotlineShown
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.speech.domain.batch_windows import Window
from rexian.speech.domain.batches import Wants
from rexian.speech.services.batches import Order
from rexian.standard.queries.published import VersionLine

CHANNEL_NAMES = {
    "agent,customer": mark("Left the agent, right the customer"),
    "customer,agent": mark("Left the customer, right the agent"),
    "facts": mark("As the table of facts says; otherwise nobody knows"),
}
PRIORITY_NAMES = {
    Priority.HIGH: mark("Urgent: before everything else"),
    Priority.NORMAL: mark("Ordinary"),
    Priority.LOW: mark("Archive: when nothing else waits"),
}
WANTS_NAMES = {
    Wants.WORDS: mark("What is said and how it sounds"),
    Wants.VOICES: mark("Only how it sounds: turns, silences, pace and loudness, without words"),
}
WHEN_NAMES = {
    "now": mark("At once"),
    "night": mark("Only between these hours"),
}
_ACCEPTED = ".wav,.mp3,.opus,.ogg,.webm,.m4a,.mp4,.flac,.csv,.tsv,.xlsx,.json"


class SeveralOrNone(SeveralFiles):
    """Any number of files; its value is a list."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files, none where none is given."""
        return super().clean(data, initial) if data else []


class SendRecordingsForm(forms.Form):
    """Recordings from this computer or from a folder of the server, and whose they are."""

    uploads = SeveralOrNone(
        label=mark("Recordings, and the table of facts if there is one"),
        required=False,
        help_text=mark(
            "WAV, MP3, Opus, WebM, M4A or FLAC. The table (CSV or Excel) has a row for each "
            "recording: its file, the agent's number, the customer's number, direction, rings, "
            "queue, start."
        ),
        error_messages={"empty": mark("One of the files is empty.")},
    )
    place = forms.ChoiceField(
        label=mark("Or a folder of the server"),
        required=False,
        help_text=mark("A table of facts that lies in the folder is used."),
    )
    sent_as = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    hotline = forms.ChoiceField(label=mark("Hotline"))
    standard = forms.ChoiceField(label=mark("Judged by"), required=False)
    channels = forms.ChoiceField(
        label=mark("Who speaks where"),
        help_text=mark(
            "Of stereo recordings. Where both sides are on one channel nobody is told from the "
            "other, and what needs that stays undecided."
        ),
    )

    def __init__(
        self,
        hotlines: Sequence[HotlineShown],
        versions: Iterable[VersionLine],
        folders: Sequence[str],
        data: Any = None,
        files: Any = None,
    ) -> None:
        super().__init__(data, files)
        language = current_language()
        of_hotline = ("", translated(mark("What is in force at the hotline")))
        chosen: dict[str, list[tuple[str, str]]] = {
            "hotline": [(str(one.id), one.name) for one in hotlines],
            "standard": [
                of_hotline,
                *(
                    (str(one.id), f"{text_in(one.title, language)} {one.number}")
                    for one in versions
                ),
            ],
            "place": [("", translated(mark("none"))), *((one, one) for one in folders)],
        }
        chosen["channels"] = [(name, translated(word)) for name, word in CHANNEL_NAMES.items()]
        for name, choices in chosen.items():
            field: Any = self.fields[name]
            field.choices = choices
        if not folders:
            del self.fields["place"]
        self.fields["uploads"].widget.attrs["accept"] = _ACCEPTED


class StartForm(forms.Form):
    """How a batch is heard, how soon, and between which hours."""

    wants = forms.ChoiceField(
        label=mark("What is heard"),
        widget=forms.RadioSelect,
        choices=[(one.value, name) for one, name in WANTS_NAMES.items()],
    )
    priority = forms.TypedChoiceField(
        label=mark("How soon"),
        coerce=lambda value: Priority(int(value)),
        choices=[(one.value, one.name) for one in Priority],
        initial=Priority.NORMAL.value,
    )
    when = forms.ChoiceField(
        label=mark("When"),
        widget=forms.RadioSelect,
        choices=list(WHEN_NAMES.items()),
        initial="night",
    )
    opens = forms.TimeField(
        label=mark("from"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        initial=time(22),
    )
    closes = forms.TimeField(
        label=mark("to"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        initial=time(6),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["priority"]
        field.choices = [(one.value, translated(name)) for one, name in PRIORITY_NAMES.items()]

    def clean(self) -> dict[str, Any]:
        """Ask for both hours where hours are wanted."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("when") == "night" and None in (given.get("opens"), given.get("closes")):
            self.add_error("opens", translated(mark("Say both hours.")))
        return given

    def order(self) -> Order:
        """Return what was asked for."""
        given = self.cleaned_data
        hours = given["when"] == "night"
        return Order(
            wants=Wants(given["wants"]),
            priority=given["priority"],
            window=Window(given["opens"], given["closes"]) if hours else Window(),
        )
