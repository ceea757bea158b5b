"""The rights that recordings ask for."""

from __future__ import annotations

LISTEN = "speech.listen"
"""Open recordings of contacts that one may read, and see the numbers in them unmasked."""

SEND = "speech.send"
"""Send recordings in, and have them heard."""

KEEP = "speech.keep"
"""Set how long recordings are kept, hold one beyond it, and remove one before."""
