"""What archiving and replaying ask of this installation's database, which is made ready first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rexian.dialogue.domain.archive_standards import CarriedStandard
    from rexian.dialogue.services.archiving_months import MonthWritten


def months(folder: Path, organisation: str) -> Iterator[MonthWritten]:
    """Archive the months that are over, and yield each part as it is written."""
    _ready()
    from django.utils.timezone import now  # noqa: PLC0415 - Django is set up by now

    from rexian.dialogue.services.archiving_months import archive_months  # noqa: PLC0415

    return archive_months(folder, at=now(), organisation=organisation)


def published(name: str, organisation: str) -> CarriedStandard:
    """Return a version that is published here."""
    _ready()
    from django.utils.timezone import now  # noqa: PLC0415 - Django is set up by now

    from rexian.dialogue.services.replaying_archive_published import (  # noqa: PLC0415 - as above
        carried_version,
    )

    return carried_version(name, organisation=organisation, at=now())


def _ready() -> None:
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    operating.pending()
    from rexian.site import schema  # noqa: PLC0415 - it needs Django set up

    schema.refuse_older(schema.schema())
