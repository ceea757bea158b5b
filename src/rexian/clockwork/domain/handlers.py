"""Who does what is due: functions under a name, registered when their context is loaded.

::

    @deadline("cases.resolve_by")
    def breach(due: Due) -> None: ...


    @job("dialogue.inspect_upload", lease=timedelta(minutes=2))
    def inspect_upload(job: RunningJob) -> None: ...


    @periodic("journal.seal", every=timedelta(seconds=10))
    def seal(job: RunningJob) -> None: ...

They stand in ``deadlines.py``, ``jobs.py`` and ``reactions.py`` of a context, which the clockwork
imports by itself. ``title`` is a message that says to people what the work is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from rexian.clockwork.domain.retries import AT_LEISURE, ON_ERRANDS, PROMPTLY, Retry
from rexian.clockwork.domain.running import RunningJob
from rexian.clockwork.domain.work import Due, Kind, Lane

Fire = Callable[[Due], None]
Run = Callable[[RunningJob], None]

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler:
    """A registered function, and how it is treated.

    ``fire`` runs inside the transaction that marks the work done, ``run`` outside of any, under a
    lease that is renewed while its process lives; a handler has one of the two.
    """

    name: str
    kind: Kind
    lane: Lane
    retry: Retry
    title: str
    fire: Fire | None = None
    run: Run | None = None
    lease: timedelta = LEASE
    every: timedelta | None = None

    @property
    def source(self) -> str:
        """Where the function is written, to tell a second import from a second function."""
        function = self.fire or self.run
        return f"{getattr(function, '__module__', '')}.{getattr(function, '__qualname__', '')}"


_known: dict[str, Handler] = {}


def register(handler: Handler) -> None:
    """Have ``handler`` do all work of its name; raise ``TypeError`` if another function does."""
    before = _known.get(handler.name)
    if before is not None and before.source != handler.source:
        raise TypeError(f"{before.source} and {handler.source} both handle {handler.name}.")
    _known[handler.name] = handler


def handler_named(name: str) -> Handler | None:
    """Return whoever handles work of that name; ``None`` if this version does not know it."""
    return _known.get(name)


def known_handlers() -> tuple[Handler, ...]:
    """Return all handlers, by name."""
    return tuple(_known[name] for name in sorted(_known))


def names_in(lane: Lane) -> list[str]:
    """Return the names of all work of a lane that this version can do."""
    return [name for name, handler in _known.items() if handler.lane == lane]


def deadline(name: str, *, retry: Retry = PROMPTLY, title: str = "") -> Callable[[Fire], Fire]:
    """Register what happens at a deadline: exactly once, in the transaction that marks it fired.

    The function only writes to the database; what it wants sent is a reaction to what it records.
    """

    def registered(fire: Fire) -> Fire:
        register(
            Handler(
                name=name,
                kind=Kind.DEADLINE,
                lane=Lane.PROMPT,
                retry=retry,
                title=title or name,
                fire=fire,
            )
        )
        return fire

    return registered


def job(
    name: str, *, lease: timedelta = LEASE, retry: Retry = AT_LEISURE, title: str = ""
) -> Callable[[Run], Run]:
    """Register a job: at least once, outside of any transaction; must be idempotent.

    ``lease`` is how soon another worker takes it up after its worker was killed.
    """

    def registered(run: Run) -> Run:
        register(
            Handler(
                name=name,
                kind=Kind.JOB,
                lane=Lane.JOBS,
                retry=retry,
                title=title or name,
                run=run,
                lease=lease,
            )
        )
        return run

    return registered


def periodic(
    name: str, *, every: timedelta, lease: timedelta = LEASE, title: str = ""
) -> Callable[[Run], Run]:
    """Register a short task that comes back: by one worker at a time, missed runs left out.

    One that fails is tried again soon, then at its next turn; it is never parked.
    """
    retry = Retry(attempts=3, first=min(timedelta(seconds=5), every), longest=every)

    def registered(run: Run) -> Run:
        register(
            Handler(
                name=name,
                kind=Kind.PERIODIC,
                lane=Lane.ERRANDS,
                retry=retry,
                title=title or name,
                run=run,
                lease=lease,
                every=every,
            )
        )
        return run

    return registered


def errand(name: str, run: Run, *, lease: timedelta, title: str) -> Handler:
    """Return the handler of a reaction that leaves the process."""
    return Handler(
        name=name,
        kind=Kind.REACTION,
        lane=Lane.ERRANDS,
        retry=ON_ERRANDS,
        title=title or name,
        run=run,
        lease=lease,
    )
