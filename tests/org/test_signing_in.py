from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.org import models
from rexian.org.domain.clients import Client
from rexian.org.domain.refusals import (
    KnownPassword,
    LinkExpired,
    SignInLocked,
    WrongField,
    WrongSignIn,
)
from rexian.org.queries import owner_of_link, sessions_of, signed_in
from rexian.org.services import (
    ask_password_link,
    begin_session,
    change_password,
    end_other_sessions,
    end_session,
    give_password,
    give_password_link,
    make_mailed_link,
    note_mailed_link,
    recognise_person,
    set_password_by_link,
    unlock_sign_in,
)
from tests.cast import NOW, OUTSIDER, PASSWORD, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db
HERE = Client(address="127.0.0.1", is_here=True)
AWAY = Client(address="203.0.113.7")
DOOR = Actor.system("door")
WRONG = "wrong"
NONE = "!none"
GOOD = "三月的高速公路 long enough"


def fail(name: str, times: int, client: Client = HERE) -> None:
    for _ in range(times):
        with pytest.raises(WrongSignIn):
            recognise_person(name, password=WRONG, client=client, at=NOW)


def test_a_name_and_its_password_are_recognised_however_the_name_is_typed(cast: Cast) -> None:
    found = recognise_person("ＷangFang ", password=PASSWORD, client=HERE, at=NOW)
    assert (found.person, found.needs_code) == (cast.id("agent"), False)


def test_a_known_password_works_on_this_computer_alone(cast: Cast) -> None:
    with pytest.raises(KnownPassword):
        recognise_person("wangfang", password=PASSWORD, client=AWAY, at=NOW)
    link = give_password_link(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)
    set_password_by_link(link.token, password=GOOD, actor=DOOR, at=NOW)
    assert recognise_person("wangfang", password=GOOD, client=AWAY, at=NOW).person


@pytest.mark.parametrize("name", ["wangfang", "nobody"])
@pytest.mark.usefixtures("cast")
def test_too_many_failures_lock_a_name_whether_it_exists_or_not(name: str) -> None:
    fail(name, 5)
    with nothing_changes(), pytest.raises(SignInLocked) as refusal:
        recognise_person(name, password=PASSWORD, client=HERE, at=NOW)
    assert refusal.value.details["minutes"] == 1
    assert len(recorded()) == 1
    assert "nobody" not in f"{recorded()[0].subject}{recorded()[0].data}"


def test_a_lock_opens_by_itself_and_lasts_longer_each_time(cast: Cast) -> None:
    fail("wangfang", 5)
    later = NOW + timedelta(seconds=61)
    with pytest.raises(WrongSignIn):
        recognise_person("wangfang", password=WRONG, client=HERE, at=later)
    with pytest.raises(SignInLocked) as refusal:
        recognise_person("wangfang", password=PASSWORD, client=HERE, at=later)
    assert refusal.value.details["minutes"] == 2
    found = recognise_person(
        "wangfang", password=PASSWORD, client=HERE, at=later + timedelta(minutes=2)
    )
    assert found.person == cast.id("agent")


@pytest.mark.usefixtures("cast")
def test_a_success_begins_the_count_anew() -> None:
    fail("wangfang", 4)
    recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW)
    fail("wangfang", 4)
    assert recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW).person


@pytest.mark.usefixtures("cast")
def test_an_address_that_tries_many_names_is_locked() -> None:
    for number in range(50):
        fail(f"name{number}", 1, AWAY)
    with pytest.raises(SignInLocked):
        recognise_person("wangfang", password=PASSWORD, client=AWAY, at=NOW)
    assert recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW).person
    (entry,) = recorded("org.key_locked")
    assert AWAY.address not in f"{entry.subject}{entry.data}"


def test_an_administrator_lets_somebody_try_again(cast: Cast) -> None:
    fail("wangfang", 5)
    with nothing_changes(), pytest.raises(NotFound):
        unlock_sign_in(cast.id("agent"), actor=cast.actor(OUTSIDER), at=NOW)
    unlock_sign_in(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)
    assert recognise_person("wangfang", password=PASSWORD, client=HERE, at=NOW).person


def test_neither_names_nor_addresses_are_kept_of_attempts(cast: Cast) -> None:
    fail("wangfang", 1, AWAY)
    kept = str(list(models.Attempts.objects.values_list()))
    assert "wangfang" not in kept
    assert AWAY.address not in kept
    assert cast.organisation


def test_a_link_sets_a_password_once(cast: Cast) -> None:
    link = give_password_link(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)
    assert owner_of_link(link.token, at=NOW).sign_in == "wangfang"
    set_password_by_link(link.token, password=GOOD, actor=DOOR, at=NOW)
    assert recognise_person("wangfang", password=GOOD, client=AWAY, at=NOW).person
    with nothing_changes(), pytest.raises(LinkExpired):
        set_password_by_link(link.token, password=GOOD + "!", actor=DOOR, at=NOW)
    assert link.token not in str(list(models.PasswordLink.objects.values_list()))


def test_a_link_grows_old_and_is_void_when_there_is_a_newer_one(cast: Cast) -> None:
    admin, agent = cast.actor("administrator"), cast.id("agent")
    first = give_password_link(agent, actor=admin, at=NOW)
    second = give_password_link(agent, actor=admin, at=NOW)
    with pytest.raises(LinkExpired):
        owner_of_link(first.token, at=NOW)
    with pytest.raises(LinkExpired):
        owner_of_link(second.token, at=second.expires_at)


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123"])
def test_a_weak_password_is_refused(cast: Cast, weak: str) -> None:
    link = give_password_link(cast.id("agent"), actor=cast.actor("administrator"), at=NOW)
    with nothing_changes(), pytest.raises(WrongField):
        set_password_by_link(link.token, password=weak, actor=DOOR, at=NOW)


def test_a_link_is_given_by_who_manages_the_person(cast: Cast) -> None:
    with nothing_changes(), pytest.raises(NotFound):
        give_password_link(cast.id("agent"), actor=cast.actor(OUTSIDER), at=NOW)


def test_a_password_that_somebody_else_chose_has_to_be_changed(cast: Cast) -> None:
    agent = cast.id("agent")
    give_password(agent, password=GOOD, actor=cast.actor("administrator"), at=NOW)
    assert cast.person("agent").owes == "password"
    change_password(agent, old=GOOD, new=GOOD + "!", kept_key="", actor=cast.actor("agent"), at=NOW)
    assert cast.person("agent").owes is None


def test_a_new_password_ends_the_other_sessions(cast: Cast) -> None:
    agent, actor = cast.id("agent"), cast.actor("agent")
    for key in ("here", "there"):
        begin_session(agent, key=key, client=HERE, at=NOW)
    with pytest.raises(WrongField):
        change_password(agent, old="wrong", new=GOOD, kept_key="here", actor=actor, at=NOW)
    change_password(agent, old=PASSWORD, new=GOOD, kept_key="here", actor=actor, at=NOW)
    (left,) = sessions_of(agent, key="here", at=NOW)
    assert left.is_this


def test_nobody_sees_or_ends_somebody_elses_sessions(cast: Cast) -> None:
    session = begin_session(cast.id("agent"), key="there", client=HERE, at=NOW)
    for role in ("administrator", "team_leader", OUTSIDER):
        with nothing_changes(), pytest.raises(NotFound):
            end_session(session, actor=cast.actor(role), at=NOW)
    with nothing_changes(), pytest.raises(NotFound):
        end_other_sessions(cast.id("agent"), kept_key="", actor=cast.actor("administrator"), at=NOW)
    end_session(session, actor=cast.actor("agent"), at=NOW)
    assert sessions_of(cast.id("agent"), key="", at=NOW) == ()


@pytest.mark.parametrize("who", ["wangfang", "WANG@example.org"])
def test_a_link_by_mail_is_made_when_the_mail_is_and_sent_once(cast: Cast, who: str) -> None:
    agent = cast.id("agent")
    models.Person.objects.filter(pk=agent).update(email="wang@example.org")
    ask_password_link(who, client=AWAY, actor=DOOR, at=NOW)
    (entry,) = recorded()
    assert (entry.name, entry.subject) == ("org.password_link_asked", f"person:{agent}")
    made = make_mailed_link(agent, entry_id=entry.pk, at=NOW)
    assert made is not None
    again = make_mailed_link(agent, entry_id=entry.pk, at=NOW)
    assert again is not None
    with pytest.raises(LinkExpired):
        owner_of_link(made.link.token, at=NOW)
    note_mailed_link(entry.pk, at=NOW)
    assert make_mailed_link(agent, entry_id=entry.pk, at=NOW) is None


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("who", ["nobody", "lost@example.org", "wangfang"])
def test_nobody_learns_whether_an_address_exists(who: str) -> None:
    ask_password_link(who, client=AWAY, actor=DOOR, at=NOW)
    assert recorded() == []


def test_links_are_not_mailed_without_end(cast: Cast) -> None:
    models.Person.objects.filter(pk=cast.id("agent")).update(email="wang@example.org")
    for _ in range(9):
        ask_password_link("wangfang", client=AWAY, actor=DOOR, at=NOW)
    assert len(recorded("org.password_link_asked")) == 3


def test_somebody_without_a_password_does_not_sign_in(cast: Cast) -> None:
    models.Person.objects.filter(pk=cast.id("agent")).update(password=NONE)
    with pytest.raises(WrongSignIn):
        recognise_person("wangfang", password=NONE, client=HERE, at=NOW)
    assert signed_in(cast.id("agent")) is not None
