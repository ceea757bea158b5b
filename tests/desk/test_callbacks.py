"""Callbacks at the desk: the list, one call at a time, and a promise kept by one key."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.utils import timezone

from rexian.callbacks.domain.lifecycle import Cause, State
from rexian.callbacks.queries import CallbackShown, attempts_of, callback
from rexian.callbacks.services import promise_for_contact, take_callback
from rexian.contacts.services import leave_as_customer
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Refused
from rexian.live.domain.topics import topic_named
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, nothing_changes
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db

PROMISE = "我们会在两小时内给您回复"
NOW, LATE = timedelta(0), timedelta(days=2)
_numbers = count(13800138000)


def left(desk: Desk, *, ago: timedelta = NOW, **said: str) -> int:
    """Have a customer leave the queue so long ago, and return the callback."""
    made, at = desk.arrival(number=str(next(_numbers)), **said), timezone.now()
    leave_as_customer(made, at=at)
    waited = timedelta(seconds=30)
    found = promise_for_contact(made, cause=Cause.ABANDONED, waited=waited, at=at - ago)
    assert found is not None
    return found


def seen(number: int) -> CallbackShown:
    return callback(number, actor=Actor.system("tests"))


def send(desk: Desk, address: str, **fields: Any) -> tuple[int, str]:
    """Send a form, and return the status with the page or with where it leads."""
    answer = desk.client.post(f"/desk/callbacks/{address}", fields)
    return answer.status_code, answer.get("Location") or answer.content.decode()


def said_promise(desk: Desk) -> tuple[int, dict[str, Any]]:
    """Promise something in a conversation, and return the contact with what the guide shows."""
    made = desk.talk(number="13800138111")
    desk.post(f"contacts/{made}/say", {"text": PROMISE, "sent_as": "p"})
    (shown,) = desk.get(f"contacts/{made}/state")["guide"]["promises"]
    return made, shown


@pytest.fixture
def other(cast: Cast) -> Desk:
    """Return the desk of whoever calls customers back."""
    return Desk(cast, Role.CALLBACK_AGENT, cast.client(Role.CALLBACK_AGENT))


def test_the_list_says_whom_to_call_why_and_by_when(desk: Desk) -> None:
    number = left(desk, name="李明", form="先生")
    page = desk.get("callbacks/")
    assert f'href="/desk/callbacks/{number}/"' in page
    assert "李明先生" in page
    assert "138 0013 " in page
    assert "tone-caution" not in page
    left(desk, ago=LATE)
    assert "tone-caution" in desk.get("callbacks/")


def test_emergencies_come_first_then_what_is_due_first(desk: Desk) -> None:
    soon, late, urgent = left(desk), left(desk, ago=LATE), left(desk, queue="emergency")
    page = desk.get("callbacks/")
    places = [page.index(f'"/desk/callbacks/{one}/"') for one in (urgent, late, soon)]
    assert places == sorted(places)


def test_of_two_who_want_to_call_the_second_is_told_who_was_faster(desk: Desk, other: Desk) -> None:
    number = left(desk)
    assert send(desk, f"{number}/take") == (302, f"/desk/callbacks/{number}/?done=taken")
    assert 'name="result"' in desk.get(f"callbacks/{number}/?done=taken")
    with nothing_changes():
        status, page = send(other, f"{number}/take")
    assert status == 409
    assert "王芳" in page
    assert 'name="result"' not in page
    assert send(desk, f"{number}/release")[0] == 302
    assert send(other, f"{number}/take")[0] == 302


def test_a_call_is_noted_with_how_it_ended(desk: Desk) -> None:
    number = left(desk)
    send(desk, f"{number}/take")
    told = {"attempt": 1, "result": "busy", "note": "下午再打"}
    assert send(desk, f"{number}/attempt", **told) == (302, "/desk/callbacks/?done=attempted")
    assert [(one.result.value, one.note) for one in attempts_of(number)] == [("busy", "下午再打")]
    assert "下午再打" in desk.get(f"callbacks/{number}/")
    send(desk, f"{number}/take")
    done = send(desk, f"{number}/attempt", attempt=2, result="reached")
    assert done == (302, "/desk/callbacks/?done=reached")
    assert seen(number).state is State.REACHED
    assert f"/desk/callbacks/{number}/" not in desk.get("callbacks/")
    assert f"/desk/callbacks/{number}/" in desk.get("callbacks/?show=all")


def test_a_call_that_is_noted_without_a_result_keeps_what_was_written(desk: Desk) -> None:
    number = left(desk)
    send(desk, f"{number}/take")
    with nothing_changes():
        status, page = send(desk, f"{number}/attempt", attempt=1, note="客户在开会")
    assert status == 422
    assert "客户在开会" in page


def test_only_a_supervisor_withdraws_and_says_why(desk: Desk, cast: Cast) -> None:
    number = left(desk)
    leader = Desk(cast, Role.DUTY_LEADER, cast.client(Role.DUTY_LEADER))
    assert "/withdraw" not in desk.get(f"callbacks/{number}/")
    assert send(desk, f"{number}/withdraw", reason="无需")[0] == 403
    assert send(leader, f"{number}/withdraw", reason=" ")[0] == 422
    assert send(leader, f"{number}/withdraw", reason="已上门处理")[0] == 302
    assert "已上门处理" in desk.get(f"callbacks/{number}/")


def test_whoever_does_not_serve_sees_no_callbacks(desk: Desk, cast: Cast) -> None:
    number = left(desk)
    stranger = Desk(cast, Role.AGENT, cast.client(OUTSIDER))
    stranger.get(f"callbacks/{number}/", 403)
    assert send(stranger, f"{number}/take")[0] == 403


@pytest.mark.usefixtures("by_the_book")
def test_a_promise_in_words_becomes_a_callback_by_one_key(desk: Desk) -> None:
    made, shown = said_promise(desk)
    assert shown["kept_as"] is None
    sent = {"line": shown["line"], "quote": shown["quote"], "due_at": "2000-01-01T00:00:00Z"}
    for _ in range(2):
        answer = desk.post(f"contacts/{made}/promise", sent)
        assert [one["kept_as"] for one in answer["guide"]["promises"]] == [answer["callback"]]
    kept = seen(answer["callback"])
    assert (kept.cause, kept.quote, kept.clause) == (
        Cause.PROMISE,
        shown["quote"],
        shown["clause"],
    )
    assert kept.due_at == datetime.fromisoformat(shown["due_at"])


@pytest.mark.usefixtures("by_the_book")
def test_what_nobody_has_promised_becomes_no_callback(desk: Desk) -> None:
    made, shown = said_promise(desk)
    with nothing_changes():
        answer = desk.post(
            f"contacts/{made}/promise", {"line": shown["line"], "quote": "明天送您一辆车"}
        )
    assert (answer["status"], answer["refused"]["code"]) == (409, "promise-gone")


@pytest.mark.usefixtures("by_the_book")
def test_who_this_is_shows_the_calls_that_the_customer_waits_for(desk: Desk) -> None:
    made, shown = said_promise(desk)
    sent = {"line": shown["line"], "quote": shown["quote"]}
    number = desk.post(f"contacts/{made}/promise", sent)["callback"]
    assert f"/desk/callbacks/{number}/" in desk.get(f"contacts/{made}/who")


def test_the_desk_counts_what_is_to_be_called(desk: Desk) -> None:
    left(desk, ago=LATE)
    number = left(desk)
    desk.ready()
    topic: Any = topic_named("callbacks")
    (hotline,) = {str(seen(number).hotline)}
    state = topic.states([hotline])[hotline]
    assert (state["open"], state["late"]) == (2, 1)
    assert f'data-live="callbacks:{hotline}"' in desk.get("")


def test_a_stranger_does_not_watch_the_count(desk: Desk, cast: Cast) -> None:
    topic: Any = topic_named("callbacks")
    hotline = str(seen(left(desk)).hotline)
    topic.may_watch(desk.actor, hotline)
    with pytest.raises(Refused):
        topic.may_watch(cast.actor(OUTSIDER), hotline)


def test_what_somebody_else_has_taken_is_not_offered(desk: Desk, other: Desk) -> None:
    number = left(desk)
    take_callback(number, actor=other.actor, at=timezone.now())
    assert f"/desk/callbacks/{number}/take" not in desk.get("callbacks/")


def test_a_supervisor_takes_a_call_over_only_where_they_see_from_whom(
    desk: Desk, cast: Cast
) -> None:
    number = left(desk)
    leader = Desk(cast, Role.DUTY_LEADER, cast.client(Role.DUTY_LEADER))
    send(desk, f"{number}/take")
    with nothing_changes():
        assert send(leader, f"{number}/take")[0] == 409
    assert send(leader, f"{number}/take", over=desk.person)[0] == 302
    assert seen(number).taken_by == leader.person
