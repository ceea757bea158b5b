"""What one does with the journal: record what happened."""

from rexian.journal.services.recording import call_witness, record

__all__ = ["call_witness", "record"]
