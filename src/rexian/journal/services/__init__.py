"""What one does with the journal: record what happened, seal it, verify it, follow it."""

from rexian.journal.services.recording import call_witness, record
from rexian.journal.services.sealing import Verification, seal, verify
from rexian.journal.services.tailing import Tail

__all__ = ["Tail", "Verification", "call_witness", "record", "seal", "verify"]
