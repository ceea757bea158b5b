"""Why an agent ends a contact before both sides have said goodbye."""

from __future__ import annotations

from rexian.kernel.language import mark

END_REASONS = (
    ("silent", mark("The customer no longer answers")),
    ("nuisance", mark("Nuisance, or nothing that we serve")),
    ("abusive", mark("Abusive, and not to be calmed")),
    ("mistaken", mark("Reached us by mistake")),
    ("twice", mark("Has a second conversation with us")),
    ("other", mark("Another reason")),
)
"""The reasons by their codes, in the order of the keys that choose them."""
