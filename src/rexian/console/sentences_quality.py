"""What the journal says of samples."""

from __future__ import annotations

from rexian.journal.domain import sentences
from rexian.kernel.language import mark
from rexian.quality.domain.sampling import Method

METHODS = {
    Method.RANDOM: mark("by chance"),
    Method.RISK: mark("by risk"),
    Method.AGENT: mark("evenly by agent"),
}
SAMPLES = {
    "quality.sample_drawn": mark(
        "{contacts} contacts of {candidates} were drawn {method} to be listened to."
    ),
    "quality.sampled_contact_taken": mark("Somebody began to listen to contact {contact}, blind."),
    "quality.sampled_contact_given_back": mark(
        "Contact {contact} was left to others to listen to."
    ),
    "quality.sampled_contact_answered": mark(
        "Contact {contact} was listened to: {faults} faults found."
    ),
    "quality.sample_closed": mark("A sample was closed."),
}

sentences.tell(SAMPLES)
sentences.word("method", {str(one): word for one, word in METHODS.items()})
