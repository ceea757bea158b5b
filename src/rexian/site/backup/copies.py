"""What a copy of a database holds, whichever database it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Copy:
    """The steps of its schema, the rows of each table and, where needed, their columns."""

    migrations: tuple[str, ...]
    rows: Mapping[str, int]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
