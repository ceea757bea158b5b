"""Start a server: see that all is in order, make what a first start needs, and serve."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from socket import gethostname
from typing import Protocol

from django.db import transaction
from django.urls import get_resolver
from django.utils.timezone import now

from rexian.kernel.authority import Actor
from rexian.kernel.errors import Refused
from rexian.kernel.language import mark
from rexian.org.domain.roles import ROLE_NAMES
from rexian.site import schema
from rexian.site.addresses import Address, reserved
from rexian.site.configuration import Configuration, read_configuration
from rexian.site.logs import configure_logs
from rexian.site.setup import is_loopback, prepare, set_up
from rexian.site.simulating import Simulation

_log = logging.getLogger(__name__)


class Part(StrEnum):
    """What a process does: everything, or one of the parts that production splits it into."""

    ALL = "all"
    WEB = "web"
    LIVE = "live"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to start: where it listens, which part of the work it does, in how many processes.

    ``simulate`` has people play in it who are not real; in a demonstration only.
    """

    address: Address
    part: Part
    processes: int = 1
    simulate: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the demonstration: role, name, and what they sign in with."""

    role: str
    name: str
    sign_in: str
    password: str


class Told(Protocol):
    """Whoever started the server, and hears how it goes."""

    def migrating(self, step: str) -> None:
        """Hear that a step of the database's schema begins."""

    def founding(self) -> None:
        """Hear that the demonstration is being founded."""

    def ready(self, url: str, accounts: Sequence[Account]) -> None:
        """Hear where everything can be reached, and who can sign in with passwords known to all."""


class KnownPasswords(Refused):
    """Passwords that everybody can read would stand on an address that others reach (403)."""

    code = "known-passwords"


class NotADemonstration(Refused):
    """People who are not real would write to a real organisation (403)."""

    code = "not-a-demonstration"


class NobodyThere(Refused):
    """Nobody could sign in: a real organisation has not been founded yet (403)."""

    code = "nobody-there"


def start(plan: Plan, told: Told) -> None:
    """Serve until a signal to stop; one of our errors says what is in the way."""
    if plan.part is Part.ALL and plan.address.is_private:
        os.environ.setdefault("REXIAN_PUBLIC_URL", plan.address.url)
    configuration = read_configuration(os.environ)
    with ExitStack() as held:
        prepare(configuration)
        address = plan.address
        if plan.part is not Part.WORK:
            address = held.enter_context(reserved(plan.address))
        os.umask(0o077)  # what the server writes is nobody else's to read
        configure_logs(configuration.log)
        threading.excepthook = _log_thread
        set_up()
        _prepare_database(plan, told)
        accounts = _prepare_people(plan, told, public=is_public(configuration, address))
        held.enter_context(schema.in_use())
        _close_connections()
        play = held.enter_context(_play(plan, address, accounts))

        def ready() -> None:
            told.ready(_url(plan, configuration), accounts)
            play.start()

        _serve(plan, address, ready)


def is_public(configuration: Configuration, address: Address) -> bool:
    """Tell whether others than this machine's own people can reach the server."""
    return not (address.is_private and is_loopback(configuration.public_url.hostname or ""))


def _prepare_database(plan: Plan, told: Told) -> None:
    """Bring the database up to date, or refuse where this part is not the one to do so."""
    if plan.part is Part.ALL:
        schema.migrate(told.migrating)
    else:
        found = schema.schema()
        schema.refuse_newer(found)
        schema.refuse_older(found)


def _prepare_people(plan: Plan, told: Told, *, public: bool) -> Sequence[Account]:
    """Found the demonstration where there is nobody yet; return who can sign in without more."""
    from rexian.org.queries import installation  # noqa: PLC0415 - contexts are loaded by now
    from rexian.site.demonstration import PASSWORD  # noqa: PLC0415

    with schema.alone():
        if not installation.has_organisation():
            if public or plan.part is not Part.ALL:
                raise NobodyThere(mark("There is no organisation yet; `rexian init` founds one."))
            told.founding()
            _found_demonstration()
    known = installation.known_accounts()
    if known and public:
        raise KnownPasswords(
            mark(
                "This is the demonstration, whose passwords everybody can read: it is served to "
                "this machine alone. Begin in another REXIAN_HOME with `rexian init`."
            )
        )
    return [Account(ROLE_NAMES[one.role], one.name, one.sign_in, PASSWORD) for one in known]


@transaction.atomic
def _found_demonstration() -> None:
    """Found the demonstration with the standards that ship in force, or nothing of it."""
    from rexian.site.demonstration import (  # noqa: PLC0415
        SECTION,
        SIMULATED,
        STANDARDS,
        found_demonstration,
    )
    from rexian.site.demonstration_cases import take_cases  # noqa: PLC0415
    from rexian.site.demonstration_dispatch import call_helpers  # noqa: PLC0415
    from rexian.standard.services.publishing import publish_shipped  # noqa: PLC0415

    at = now()
    founded = found_demonstration(at, besides=(*SIMULATED, *SECTION))
    machine = Actor.system("demonstration")
    publish_shipped(founded.organisation, names=STANDARDS, actor=machine, at=at)
    take_cases(founded, at=at)
    call_helpers(founded, at=at)


def _serve(plan: Plan, address: Address, ready: Callable[[], None]) -> None:
    from rexian.site import serving  # noqa: PLC0415 - it loads the server, which must be set up

    match plan.part:
        case Part.WORK:
            serving.work(work, ready=ready)
        case Part.WEB:
            from rexian.site import processes  # noqa: PLC0415

            processes.serve_pages(address, processes=plan.processes, ready=ready)
        case _:
            from rexian.site.asgi import application  # noqa: PLC0415

            get_resolver().url_patterns  # noqa: B018 - the first to come need not wait for them
            worker = serving.Worker(work) if plan.part is Part.ALL else None
            site = serving.Site(application, application.close)
            serving.serve(site, address, ready=_warming(ready), worker=worker)


def _warming(ready: Callable[[], None]) -> Callable[[], None]:
    """Return what is called when all can be reached, and then loads what will be needed."""
    from rexian.site.warming import keep_warm  # noqa: PLC0415 - it needs the contexts

    def reached() -> None:
        ready()
        keep_warm()

    return reached


def _play(plan: Plan, address: Address, accounts: Sequence[Account]) -> Simulation:
    """Return the people who are not real, none of them where none are wanted."""
    if plan.simulate and not accounts:
        raise NotADemonstration(
            mark("Simulated people play in the demonstration only, never among real customers.")
        )
    return Simulation(address.url if plan.simulate else "")


def _log_thread(ended: threading.ExceptHookArgs) -> None:
    """Log what ended a thread, in our form: Python's own would quote the error."""
    error = ended.exc_value
    if error is not None:
        _log.error("a thread has ended", exc_info=(ended.exc_type, error, ended.exc_traceback))


def work(stop: threading.Event) -> None:
    """Carry out what is due until ``stop`` is set."""
    from rexian.clockwork.services.working import Worker  # noqa: PLC0415

    Worker(f"{gethostname()}:{os.getpid()}").run_until(stop)


def _url(plan: Plan, configuration: Configuration) -> str:
    """Return where to go: to the whole as people reach it, to a part as a proxy does."""
    match plan.part:
        case Part.ALL:
            return configuration.public_url.geturl()
        case Part.WORK:
            return ""
        case _:
            return plan.address.url


def _close_connections() -> None:
    """Leave no connection to the processes and threads that begin now."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
