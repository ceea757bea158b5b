"""An entry of the journal as whoever reads it sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """What happened (``name``), to what (``subject``), through whom (``actor``), when (UTC).

    Ids grow in the order in which entries were written; ``organisation`` is ``None`` for what
    concerns the installation as a whole. ``request`` ties entries to the request they came from.
    """

    id: int
    at: datetime
    actor: str
    name: str
    subject: str
    organisation: int | None
    request: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
