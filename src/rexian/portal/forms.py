"""What customers fill in: to begin, to leave a message, to be called back, to say how it went."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms

from rexian.contacts.domain.hotlines import GENERAL
from rexian.contacts.domain.lines import LONGEST
from rexian.contacts.queries import HotlineShown, QueueShown
from rexian.contacts.services import Arrival
from rexian.kernel.language import mark

_NEEDED = {"required": mark("Please fill this in.")}
_CHOICE = {"required": mark("Please choose."), "invalid_choice": mark("Please choose.")}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


def new_token() -> str:
    """Return a name for one request or one browser, which nobody guesses."""
    return secrets.token_urlsafe(18)


class ArrivalForm(forms.Form):
    """What all who reach us say; ``sent_as`` and ``visitor`` are made by the page itself.

    Both find a contact that is there already, so they have to be such as nobody guesses: others
    are not heeded.
    """

    queue = forms.ChoiceField(
        label=mark("What is it about?"),
        widget=forms.RadioSelect,
        initial=GENERAL,
        error_messages=_CHOICE,
    )
    text = forms.CharField(
        label=mark("Your question"),
        required=False,
        error_messages=_NEEDED,
        widget=forms.Textarea(attrs={"rows": 3, "enterkeyhint": "enter"}),
    )
    name = forms.CharField(
        label=mark("How may we call you?"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    number = forms.CharField(
        label=mark("Telephone"),
        required=False,
        max_length=30,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    sent_as = forms.CharField(required=False, widget=forms.HiddenInput)
    visitor = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hotline: HotlineShown, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("sent_as", new_token())
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["data-most"] = LONGEST
        self._queues = {one.code: one for one in hotline.queues}
        queue = self.fields["queue"]
        assert isinstance(queue, forms.ChoiceField)  # noqa: S101 - as declared above
        queue.choices = [(one.code, one.name) for one in self.offered()]
        self.initial.setdefault("queue", self._usual())

    def offered(self) -> tuple[QueueShown, ...]:
        """Return the queues to choose from."""
        return tuple(self._queues.values())

    def _usual(self) -> str:
        codes = [one.code for one in self.offered() if not one.emergency]
        return GENERAL if GENERAL in codes else next(iter(codes), "")

    @property
    def is_urgent(self) -> bool:
        """Tell whether the queue that was chosen is for emergencies."""
        return self._queues[self.cleaned_data["queue"]].emergency

    def arrival(self, language: str) -> Arrival:
        """Return what was filled in."""
        given = self.cleaned_data
        return Arrival(
            sent_as=token_of(given["sent_as"]) or new_token(),
            visitor=token_of(given["visitor"]),
            queue=given["queue"],
            name=given["name"],
            number=given["number"],
            text=given["text"],
            language=language,
        )


class MessageForm(ArrivalForm):
    """A message to be answered by telephone: words, and a number to ring."""

    field_order = ("queue", "text", "number", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        self.fields["number"].required = True
        self.fields["text"].label = mark("Your message")
        self.fields["number"].label = mark("Telephone, so that we can call you back")

    def offered(self) -> tuple[QueueShown, ...]:
        """Return the queues that can wait: an emergency leaves no message."""
        return tuple(one for one in self._queues.values() if not one.emergency)


class RingBackForm(forms.Form):
    """Where to ring instead of having somebody wait."""

    number = forms.CharField(
        label=mark("Telephone"),
        max_length=30,
        error_messages=_NEEDED,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )


class RatingForm(forms.Form):
    """How it went: solved or not, satisfied or not, and why."""

    solved = forms.ChoiceField(
        label=mark("Is your matter solved?"),
        widget=forms.RadioSelect,
        choices=[("yes", mark("solved")), ("no", mark("not solved"))],
        error_messages=_CHOICE,
    )
    satisfied = forms.ChoiceField(
        label=mark("How satisfied are you?"),
        widget=forms.RadioSelect,
        choices=[
            ("5", mark("very satisfied")),
            ("4", mark("satisfied")),
            ("3", mark("neither nor")),
            ("2", mark("dissatisfied")),
            ("1", mark("very dissatisfied")),
        ],
        error_messages=_CHOICE,
    )
    why = forms.CharField(
        label=mark("Why? What should we do better?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def token_of(text: str) -> str:
    """Return a name that a page has made, nothing for what is none."""
    return text if _TOKEN.fullmatch(text) else ""
