"""Which part of a list is asked for."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from ninja.params.functions import Path, Query
from pydantic import Field


class Part(Schema):
    """So many from so far on."""

    offset: int = Field(0, ge=0, le=10_000_000)
    limit: int = Field(50, ge=1, le=200)

    def of(self, total: int) -> dict[str, Any]:
        """Return what a page says of itself."""
        return {"total": total, "offset": self.offset, "limit": self.limit}


PartAsked = Annotated[Part, Query()]
Id = Annotated[int, Path(ge=1, le=2**53)]
