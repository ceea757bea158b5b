"""What one can do with conversations: read them, and have them inspected."""

from rexian.dialogue.adapters.found import Found
from rexian.dialogue.services.inspecting import AUTO, FALLBACK, inspect_batch
from rexian.dialogue.services.reading import (
    STANDARD_INPUT,
    find_records,
    read_paths,
    samples,
)

__all__ = [
    "AUTO",
    "FALLBACK",
    "STANDARD_INPUT",
    "Found",
    "find_records",
    "inspect_batch",
    "read_paths",
    "samples",
]
