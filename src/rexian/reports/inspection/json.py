"""Write one JSON array of conversations, for programs that read a file whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.reports.inspection import jsonl


def write(
    inspected: Iterable[InspectedConversation],
    target: BinaryIO,
    *,
    language: str = "zh-Hans",
    **_: object,
) -> None:
    """Write the objects of ``jsonl`` as one array, each as soon as it is judged."""
    target.write(b"[")
    separator = b"\n"
    for one in inspected:
        target.write(separator + jsonl.dumped(one, language))
        separator = b",\n"
    target.write(b"\n]\n")
