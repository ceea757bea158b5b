from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org import models
from rexian.org.domain.refusals import WrongField
from rexian.org.domain.roles import Role
from rexian.org.queries import actor_of_token, tokens_of
from rexian.org.services import (
    MadeToken,
    let_person_leave,
    make_token,
    relieve_person,
    revoke_token,
    use_token,
)
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def made(cast: Cast, *scopes: str, role: str = "inspector") -> MadeToken:
    return make_token(
        cast.id(role), name="客服系统", scopes=scopes, lasts=MONTH, actor=cast.actor(role), at=NOW
    )


def test_a_token_acts_within_its_scopes(cast: Cast) -> None:
    token = made(cast, "dialogue.inspect")
    actor = actor_of_token(token.text, NOW)
    assert actor is not None
    assert actor.code == f"token:{token.id}"
    assert actor.organisation == cast.organisation
    assert set(actor.grants) == {"dialogue.inspect"}
    assert token.text not in str(list(models.Token.objects.values_list()))
    (entry,) = recorded()
    assert entry.data == {"token": token.id, "scopes": ["dialogue.inspect"]}


def test_nobody_gives_a_token_what_they_may_not_do(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(RightMissing):
        made(cast, "org.manage")


@pytest.mark.parametrize(
    ("name", "scopes", "days", "field"),
    [
        ("", ("standard.read",), 30, "name"),
        ("x", (), 30, "scopes"),
        ("x", ("standard.read",), 400, "lasts"),
        ("x", ("standard.read",), 0, "lasts"),
    ],
)
def test_a_token_has_a_name_a_right_and_an_end(
    cast: Cast, name: str, scopes: tuple[str, ...], days: int, field: str
) -> None:
    with nothing_changes(), pytest.raises(WrongField) as refusal:
        make_token(
            cast.id("agent"),
            name=name,
            scopes=scopes,
            lasts=timedelta(days=days),
            actor=cast.actor("agent"),
            at=NOW,
        )
    assert refusal.value.details["field"] == field


def test_a_token_ends_by_its_time_by_hand_or_when_its_owner_leaves(cast: Cast) -> None:
    admin = cast.actor("administrator")
    token = made(cast, "standard.read")
    assert actor_of_token(token.text, NOW + MONTH) is None
    with nothing_changes(), pytest.raises(NotFound):
        revoke_token(token.id, actor=cast.actor(OUTSIDER), at=NOW)
    revoke_token(token.id, actor=cast.actor("inspector"), at=NOW)
    assert actor_of_token(token.text, NOW) is None
    other = made(cast, "standard.read")
    let_person_leave(cast.id("inspector"), actor=admin, at=NOW)
    assert actor_of_token(other.text, NOW) is None


def test_a_token_loses_what_its_owner_loses(cast: Cast) -> None:
    token = made(cast, "dialogue.inspect")
    for unit in ("quality", "huatong"):
        relieve_person(
            cast.id("inspector"),
            role=Role.INSPECTOR,
            unit_id=cast.units[unit],
            actor=cast.actor("administrator"),
            at=NOW,
        )
    actor = actor_of_token(token.text, NOW)
    assert actor is not None
    assert actor.grants == {}


def test_the_last_use_of_a_token_is_noted(cast: Cast) -> None:
    token = made(cast, "standard.read")
    assert use_token(token.text, at=NOW) is not None
    use_token(token.text, at=NOW + timedelta(seconds=9))
    (shown,) = tokens_of(cast.id("inspector"), at=NOW)
    assert shown.used_at == NOW
    assert use_token("rx_nothing", at=NOW) is None
