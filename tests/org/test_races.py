"""What happens when two do the same at the same moment, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from django.db import connection
from django.utils import timezone

from rexian.kernel.authority import Actor
from rexian.kernel.errors import RexianError
from rexian.org import models
from rexian.org.domain.clients import Client
from rexian.org.domain.people import PersonDetails, UnitDetails
from rexian.org.domain.refusals import SignInLocked, WrongSignIn
from rexian.org.domain.roles import Role
from rexian.org.queries import second_factor_of
from rexian.org.services import (
    appoint_person,
    begin_second_factor,
    change_person,
    close_unit,
    confirm_second_factor,
    give_password_link,
    join_person,
    let_person_leave,
    move_unit,
    open_unit,
    recognise_code,
    recognise_person,
    set_password_by_link,
)
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Client(address="127.0.0.1", is_here=True)
DOOR = Actor.system("door")


def together(*deeds: Callable[[], object]) -> list[type[Exception] | None]:
    """Do all at once, each with a connection of its own; return what each was refused with."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> type[Exception] | None:
        try:
            start.wait()
            deed()
        except RexianError as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_two_administrators_do_not_both_leave(cast: Cast) -> None:
    admin, top = cast.actor("administrator"), cast.ours.top
    manager = cast.id("manager")
    appoint_person(manager, role=Role.ADMINISTRATOR, unit_id=top, actor=admin, at=NOW)
    other = cast.actor("manager")
    refused = together(
        lambda: let_person_leave(manager, actor=admin, at=NOW),
        lambda: let_person_leave(cast.id("administrator"), actor=other, at=NOW),
    )
    assert refused.count(None) == 1
    posts = models.Post.objects.filter(role="administrator", until_at=None)
    assert posts.filter(unit=top).count() == 1


def test_nobody_joins_a_unit_that_closes(cast: Cast) -> None:
    admin, west = cast.actor("administrator"), cast.units["west"]
    details = PersonDetails(sign_in="new", name="新人")
    refused = together(
        lambda: close_unit(west, actor=admin, at=NOW),
        lambda: join_person(west, details=details, roles=(Role.AGENT,), actor=admin, at=NOW),
    )
    assert refused.count(None) == 1


def test_a_unit_that_opens_below_a_moving_one_has_the_right_path(cast: Cast) -> None:
    admin = cast.actor("administrator")
    toll, west = cast.units["east-toll"], cast.units["west"]
    details = UnitDetails(code="new", name="新站", tier="站")
    refused = together(
        lambda: move_unit(toll, parent_id=west, actor=admin, at=NOW),
        lambda: open_unit(toll, details=details, actor=admin, at=NOW),
    )
    assert refused == [None, None]
    for row in models.Unit.objects.select_related("parent"):
        assert row.path == f"{row.parent.path if row.parent else '/'}{row.pk}/"


def test_two_moves_do_not_make_a_circle(cast: Cast) -> None:
    admin, east, west = cast.actor("administrator"), cast.units["east"], cast.units["west"]
    refused = together(
        lambda: move_unit(east, parent_id=west, actor=admin, at=NOW),
        lambda: move_unit(west, parent_id=east, actor=admin, at=NOW),
    )
    assert refused.count(None) == 1


def test_of_two_changes_of_one_person_one_is_told_so(cast: Cast) -> None:
    admin, agent = cast.actor("administrator"), cast.id("agent")
    one, other = (PersonDetails(sign_in="wangfang", name=name) for name in ("甲", "乙"))
    refused = together(
        lambda: change_person(agent, details=one, version=1, actor=admin, at=NOW),
        lambda: change_person(agent, details=other, version=1, actor=admin, at=NOW),
    )
    assert refused.count(None) == 1


def test_guesses_at_once_are_not_more_than_one_after_another(cast: Cast) -> None:
    name = cast.player("agent").sign_in
    wrong = "wrong"
    refused = together(*[lambda: recognise_person(name, password=wrong, client=HERE, at=NOW)] * 8)
    assert refused.count(WrongSignIn) == 5
    assert refused.count(SignInLocked) == 3


def test_a_code_opens_one_of_two_doors(cast: Cast) -> None:
    agent, actor, at = cast.id("agent"), cast.actor("agent"), timezone.now()
    begin_second_factor(agent, actor=actor, at=at)
    shown = second_factor_of(agent)
    assert shown is not None
    phone = pyotp.TOTP(shown.secret)
    codes = confirm_second_factor(agent, code=phone.at(at), actor=actor, at=at)
    for code in (phone.at(at + timedelta(seconds=30)), codes[0]):
        refused = together(*[lambda code=code: recognise_code(agent, code=code, at=at)] * 2)
        assert refused.count(None) == 1


def test_a_link_sets_one_password(cast: Cast) -> None:
    link = give_password_link(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)
    refused = together(
        *[
            lambda new=new: set_password_by_link(link.token, password=new, actor=DOOR, at=NOW)
            for new in ("a long enough one", "another long one")
        ]
    )
    assert refused.count(None) == 1
