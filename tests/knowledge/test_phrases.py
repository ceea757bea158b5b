"""Phrases: one's own, a unit's, and who may change which."""

from __future__ import annotations

import pytest

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.knowledge.domain.phrases import BadPhrase, PhraseChanged, ShortcutTaken
from rexian.knowledge.queries import phrase, phrases_of
from rexian.knowledge.services import change_phrase, forget_phrase, keep_phrase, share_phrase
from rexian.org.domain.roles import Role
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db


def test_an_own_phrase_is_ones_own(cast: Cast) -> None:
    agent = cast.actor(Role.AGENT)
    keep_phrase(shortcut="/Hi", text="您好", actor=agent, at=NOW)
    (found,) = phrases_of(agent)
    assert (found.shortcut, found.text, found.is_changeable) == ("hi", "您好", True)
    assert phrases_of(cast.actor(Role.CALLBACK_AGENT)) == ()
    assert recorded("knowledge.phrase_kept")[0].data == {"unit": None}


def test_a_shared_phrase_is_at_hand_below_its_unit(cast: Cast) -> None:
    leader = cast.actor(Role.TEAM_LEADER)
    made = share_phrase(cast.units["team-1"], shortcut="etc", text="ETC", actor=leader, at=NOW)
    (found,) = phrases_of(cast.actor(Role.AGENT))
    assert (found.id, found.unit_name, found.is_changeable) == (made, "话务一组", False)
    assert phrases_of(cast.actor(Role.CALLBACK_AGENT)) == ()  # of the other team


def test_an_agent_shares_nothing_and_changes_nothing_of_the_teams(cast: Cast) -> None:
    agent, leader = cast.actor(Role.AGENT), cast.actor(Role.TEAM_LEADER)
    made = share_phrase(cast.units["team-1"], shortcut="etc", text="ETC", actor=leader, at=NOW)
    with nothing_changes():
        with pytest.raises((RightMissing, NotFound)):
            share_phrase(cast.units["team-1"], shortcut="x", text="x", actor=agent, at=NOW)
        with pytest.raises((RightMissing, NotFound)):
            forget_phrase(made, actor=agent, at=NOW)
        with pytest.raises((RightMissing, NotFound)):
            change_phrase(made, shortcut="etc", text="-", version=1, actor=agent, at=NOW)


def test_somebody_elses_phrase_is_not_found(cast: Cast) -> None:
    made = keep_phrase(shortcut="a", text="a", actor=cast.actor(Role.AGENT), at=NOW)
    for who in (Role.CALLBACK_AGENT, Role.TEAM_LEADER):
        with pytest.raises(NotFound):
            phrase(made, actor=cast.actor(who))
    with pytest.raises((NotFound, RightMissing)):
        phrase(made, actor=cast.actor(OUTSIDER))


def test_a_shortcut_is_taken_once(cast: Cast) -> None:
    agent = cast.actor(Role.AGENT)
    keep_phrase(shortcut="a", text="a", actor=agent, at=NOW)
    second = keep_phrase(shortcut="b", text="b", actor=agent, at=NOW)
    with nothing_changes(), pytest.raises(ShortcutTaken):
        keep_phrase(shortcut="A", text="other", actor=agent, at=NOW)
    with nothing_changes(), pytest.raises(ShortcutTaken):
        change_phrase(second, shortcut="a", text="b", version=1, actor=agent, at=NOW)


def test_a_phrase_changed_meanwhile_is_not_overwritten(cast: Cast) -> None:
    agent = cast.actor(Role.AGENT)
    made = keep_phrase(shortcut="a", text="a", actor=agent, at=NOW)
    change_phrase(made, shortcut="a", text="new", version=1, actor=agent, at=NOW)
    with pytest.raises(PhraseChanged):
        change_phrase(made, shortcut="a", text="late", version=1, actor=agent, at=NOW)
    assert phrase(made, actor=agent).text == "new"


@pytest.mark.parametrize(
    ("shortcut", "text"), [("", "a"), ("/", "a"), ("a b", "a"), ("x" * 21, "a"), ("a", " ")]
)
def test_what_no_phrase_can_be_is_refused(cast: Cast, shortcut: str, text: str) -> None:
    with nothing_changes(), pytest.raises(BadPhrase):
        keep_phrase(shortcut=shortcut, text=text, actor=cast.actor(Role.AGENT), at=NOW)


def test_a_forgotten_phrase_is_gone(cast: Cast) -> None:
    agent = cast.actor(Role.AGENT)
    made = keep_phrase(shortcut="a", text="a", actor=agent, at=NOW)
    forget_phrase(made, actor=agent, at=NOW)
    assert phrases_of(agent) == ()
