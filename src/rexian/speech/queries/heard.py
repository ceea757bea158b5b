"""What was heard of a contact, with the lines of its transcript that the turns became."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rexian.contacts.domain.lines import Line
from rexian.contacts.queries import ContactShown, transcript
from rexian.contacts.queries.lines import turn_heard
from rexian.dialogue.queries.reading import contact_to_read
from rexian.kernel.authority import Actor
from rexian.speech import models
from rexian.speech.domain.heard import HeardCall
from rexian.speech.domain.keeping import restored
from rexian.speech.domain.masking import masked_call, masked_texts
from rexian.speech.domain.recordings import RecordingState
from rexian.speech.queries.recordings import may_listen
from rexian.standard.domain.events import Speaker


@dataclass(frozen=True, slots=True)
class HeardShown:
    """The recording of a contact and what was heard in it.

    ``turn_of`` tells which turn of the recording a line is, by the line's ``seq``: findings name
    lines.
    """

    recording: int
    heard: HeardCall
    turn_of: Mapping[int, int]
    is_masked: bool = False


def heard_call(contact_id: int, *, actor: Actor) -> HeardShown | None:
    """Return what was heard of a contact that the actor may read, ``None`` where nothing was.

    Of several recordings it is the one that was heard last. Whoever may not listen to it reads it
    without its numbers.
    """
    contact = contact_to_read(contact_id, actor=actor)
    rows = models.Heard.objects.filter(
        recording__contact=contact_id, recording__state=RecordingState.HEARD.value
    )
    row = rows.order_by("-heard_at", "-pk").first()
    if row is None:
        return None
    lines = {one.seq: turn_heard(one) for one in transcript(contact_id)}
    turns = {seq: number for seq, number in lines.items() if number is not None}
    heard = restored(bytes(row.content))
    is_masked = not may_listen(contact, actor)
    return HeardShown(row.pk, masked_call(heard) if is_masked else heard, turns, is_masked)


def lines_to_read(contact: ContactShown, lines: Sequence[Line], *, actor: Actor) -> list[Line]:
    """Return the lines of a contact as the actor reads them: what was heard, without its numbers.

    Whoever may listen, and whatever was typed and not heard, is shown as it is.
    """
    heard = [one for one in lines if turn_heard(one) is not None]
    if not heard or may_listen(contact, actor):
        return list(lines)
    texts = masked_texts([(Speaker(one.speaker.value), one.text) for one in heard])
    hidden = {one.seq: text for one, text in zip(heard, texts, strict=True)}
    return [replace(one, text=hidden.get(one.seq, one.text)) for one in lines]
