"""Found a real organisation on this installation, from the command line."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.db import transaction
from django.utils.timezone import now

from rexian.kernel.authority import Actor
from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.site import schema
from rexian.site.configuration import read_configuration
from rexian.site.setup import make_secret, prepare_folders, set_up


class DemonstrationThere(Conflict):
    """A demonstration, whose passwords everybody knows, lives in this home (409)."""

    code = "demonstration-there"


def found(
    *,
    organisation: str,
    code: str,
    tier: str,
    administrator: str,
    sign_in: str,
    language: str,
    password: Callable[[], str],
) -> str:
    """Make what is missing, found the organisation, and return the address to sign in at.

    ``password`` is asked when everything else is known to be in order.
    """
    configuration = read_configuration(os.environ)
    os.umask(0o077)
    prepare_folders(configuration)
    if not configuration.secret and not configuration.secret_file.is_file():
        make_secret(configuration.secret_file)
    set_up()
    schema.migrate(lambda _: None)
    _refuse_demonstration()
    _found(
        UnitDetails(code=code, name=organisation, tier=tier),
        PersonDetails(sign_in=sign_in, name=administrator),
        language,
        password(),
    )
    return configuration.public_url.geturl()


@transaction.atomic
def _found(top: UnitDetails, administrator: PersonDetails, language: str, password: str) -> None:
    """Found the organisation and give its administrator the password, or do neither."""
    from rexian.org import services  # noqa: PLC0415 - contexts are loaded by now

    at, machine = now(), Actor.system("command")
    founded = services.found_organisation(
        top, administrator=administrator, language=language, actor=machine, at=at
    )
    link = services.give_password_link(founded.administrator, actor=machine, at=at)
    services.set_password_by_link(link.token, password=password, actor=machine, at=at)


def _refuse_demonstration() -> None:
    from rexian.org.queries import installation  # noqa: PLC0415 - contexts are loaded by now

    if installation.known_accounts():
        raise DemonstrationThere(
            mark("The demonstration lives in {place}; choose another REXIAN_HOME for your own."),
            place=schema.place(),
        )
