"""What an operator does with an installation that is not serving: one function a command."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.timezone import now

from rexian.site import schema
from rexian.site.configuration import Configuration, read_configuration
from rexian.site.setup import prepare, prepare_folders, set_up

if TYPE_CHECKING:
    from rexian.site.benching import Measured


def pending() -> Sequence[str]:
    """Return the steps that the database lacks; raise ``DatabaseNewer`` for one ahead of us."""
    _ready()
    found = schema.schema()
    schema.refuse_newer(found)
    return found.pending


def migrate(tell: Callable[[str], None]) -> int:
    """Bring the database up to this version; ``tell`` hears each step."""
    _ready()
    return schema.migrate(tell)


def back_up(file: Path, headway: Callable[[int], None]) -> tuple[int, int]:
    """Write a backup and return how many rows and how many parts are in it."""
    configuration = _ready()
    from rexian.site.backup import make_backup  # noqa: PLC0415 - contexts are loaded by now

    schema.refuse_newer(schema.schema())
    manifest = make_backup(file, configuration, at=now(), headway=headway)
    return sum(manifest.rows.values()), len(manifest.parts)


def restore(file: Path, headway: Callable[[int], None], *, replace: bool) -> tuple[int, bool]:
    """Restore a backup; return how many rows it had, and whether its journal is sound."""
    configuration = _ready()
    from rexian.site.backup import restore_backup  # noqa: PLC0415 - contexts are loaded by now

    restored = restore_backup(file, configuration, replace=replace, headway=headway)
    return sum(restored.manifest.rows.values()), restored.journal.sound


def publish_static(folder: Path) -> str:
    """Write the static files into ``folder`` and return their version."""
    _ready()
    from rexian.site.static import publish  # noqa: PLC0415 - faces are loaded by now

    return publish(folder)


def _ready() -> Configuration:
    """Make Django ready; commands sign nothing, so a secret that is missing does not matter."""
    configuration = read_configuration(os.environ)
    os.umask(0o077)
    prepare_folders(configuration)
    if not configuration.secret and not configuration.secret_file.is_file():
        os.environ["REXIAN_SECRET"] = "-"  # noqa: S105 - in this process, which signs nothing
    set_up()
    return configuration


def bench_cases(count: int, tell: Callable[[str], None]) -> Iterator[Measured]:
    """Yield how fast cases are here, in this installation's database, which has to be empty."""
    prepare(read_configuration(os.environ))
    _ready()
    from rexian.site.benching import bench_cases as measured  # noqa: PLC0415 - contexts are loaded

    return measured(count, tell)
