"""What the journal says of recordings: kept, opened, heard, removed, sent in together."""

from __future__ import annotations

from rexian.journal.domain import sentences
from rexian.kernel.language import mark
from rexian.speech.domain.opening import WHY_NAMES
from rexian.speech.domain.recordings import KIND_NAMES

RECORDINGS = {
    "contacts.contact_imported": mark("A call that was served elsewhere came in."),
    "speech.recording_received": mark("A recording came in and was sealed: {size} bytes."),
    "speech.recording_heard": mark("A recording was heard: {turns} turns."),
    "speech.recording_refused": mark("No sound could be made of a recording: {problem}."),
    "speech.recording_opened": mark("{actor} listened to a recording: {reason}."),
    "speech.recording_held": mark("A recording is kept until further notice."),
    "speech.recording_released": mark("A recording is no longer kept beyond its time."),
    "speech.recording_kept_as": mark("A recording is kept as: {kind}."),
    "speech.recording_removed": mark(
        "A recording was removed for good ({cause}), its key destroyed: SHA-256 {digest}."
    ),
    "speech.retention_set": mark("How long recordings are kept was set: {kind}, {days} days."),
    "speech.key_rotated": mark("The keys of {recordings} recordings were wrapped anew."),
}
BATCHES = {
    "speech.batch_sent": mark("Recordings were sent in: {files} files."),
    "speech.batch_taken_in": mark(
        "Recordings were taken in: {calls} calls of {seconds} s, {unreadable} cannot be heard."
    ),
    "speech.batch_started": mark("Recordings were ordered to be heard: {wants}, {priority}."),
    "speech.batch_advanced": mark("Recordings are being heard: {done} of {total}."),
    "speech.batch_heard": mark("Recordings were heard: {heard}; {unreadable} cannot be."),
    "speech.batch_stopped": mark("The hearing of recordings was stopped."),
    "speech.batch_continued": mark("The hearing of recordings goes on."),
    "speech.batch_deleted": mark("A list of recordings was deleted."),
}

for _group in (RECORDINGS, BATCHES):
    sentences.tell(_group)
sentences.word("wants", {"words": mark("with words"), "voices": mark("without words")})
sentences.word(
    "priority", {"high": mark("urgent"), "normal": mark("ordinary"), "low": mark("archive")}
)
sentences.word("cause", {"retention": mark("by its retention"), "request": mark("on request")})
sentences.word("kind", {one.value: name for one, name in KIND_NAMES.items()})
sentences.word("reason", {one.value: name for one, name in WHY_NAMES.items()})
