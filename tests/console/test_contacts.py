"""The pages of contacts: who is let in, what they show, and how findings are reviewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from rexian.clockwork.services.working import Worker
from rexian.contacts.services import rate_contact, whisper
from rexian.dialogue.domain.reviewing import Review
from rexian.dialogue.models import Finding
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.dialogue.services.reviewing import confirm_finding
from rexian.live.admission import admit
from rexian.live.domain.topics import Watch
from rexian.org.domain.roles import Role
from tests.cast import nothing_changes, recorded
from tests.dialogue.contacts.conftest import House, Talk, house, later, standard, talk
from tests.streams import session_of

__all__ = ["house", "standard", "talk"]

pytestmark = pytest.mark.django_db
RUDE = "喂，不知道。"
LATE = later(300)


@pytest.fixture
def over(talk: Talk) -> Talk:
    """Return a contact with something rude in it that is over and inspected."""
    talk.says(RUDE)
    whisper(talk.id, text="请道歉", sent_as="w", actor=talk.agent, at=later(talk.clock + 1))
    talk.hears("什么态度！")
    talk.ends()
    talk.records(case_type="complaint")
    talk.finishes()
    Worker("tests").tick(later(talk.clock))
    return talk


@pytest.fixture
def inspector(house: House) -> Client:
    """Return the browser of who reviews."""
    return house.cast.client(Role.INSPECTOR)


def page(talk: Talk) -> str:
    """Return the address of a contact."""
    return f"/contacts/{talk.id}/"


def a_miss() -> Finding:
    """Return a miss with words in it."""
    return Finding.objects.filter(outcome="missed").exclude(quote="").order_by("pk")[0]


def shown(answer: Any) -> str:
    """Return what a page says."""
    assert answer.status_code == 200, answer.status_code
    text: str = answer.content.decode()
    return text


def test_the_list_shows_the_latest_first_and_filters(over: Talk, inspector: Client) -> None:
    second = over.house.arrival(after=100, name="赵敏", number="13812345678")
    text = shown(inspector.get("/contacts/"))
    assert text.index(f"/contacts/{second}/") < text.index(page(over))
    for query, found in (
        ("state=served", over.id),
        ("state=open", second),
        ("findings=waiting", over.id),
        ("findings=any", over.id),
        (f"agent={over.agent.person}&state=served", over.id),
        ("q=赵敏", second),
        ("q=1381234", second),
    ):
        text = shown(inspector.get(f"/contacts/?{query}"))
        other = second if found == over.id else over.id
        assert f"/contacts/{found}/" in text, query
        assert f"/contacts/{other}/" not in text, query
    nobody = shown(inspector.get("/contacts/?state=message"))
    assert "<table" not in nobody
    assert 'class="state"' in nobody


@pytest.mark.parametrize(
    "query", ["state=x&agent=y&findings=z&hotline=-1&page=0", "agent=99999999999"]
)
def test_a_filter_that_makes_no_sense_breaks_nothing(inspector: Client, query: str) -> None:
    assert inspector.get(f"/contacts/?{query}").status_code == 200


def test_the_list_is_kept_as_a_table(over: Talk, inspector: Client) -> None:
    over.house.arrival(after=100, name="=1+1")
    answer = inspector.get("/contacts/export.csv")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"].endswith('"contacts.csv"')
    assert "'=1+1" in text
    assert len(text.splitlines()) == 3


def test_who_does_not_read_conversations_has_no_list(house: House) -> None:
    for role in (Role.AGENT, Role.HANDLER, Role.DISPATCHER):
        assert house.cast.client(role).get("/contacts/").status_code == 403
        assert house.cast.client(role).get("/contacts/export.csv").status_code == 403


def test_a_contact_shows_what_was_said_and_found(over: Talk, inspector: Client) -> None:
    text = shown(inspector.get(page(over)))
    assert "什么态度！" in text
    assert "请道歉" in text
    assert 'class="pin missed"' in text
    assert "HW-3.14" in text
    assert "投诉" in text or "road" in text


def test_a_contact_that_lasts_shows_no_finding(talk: Talk, inspector: Client) -> None:
    talk.says(RUDE)
    text = shown(inspector.get(page(talk)))
    assert "data-review" not in text
    assert 'class="pin' not in text
    assert f'data-live="contact-page:{talk.id}"' in text


def test_an_agent_sees_own_findings_and_no_buttons(over: Talk) -> None:
    text = shown(over.house.cast.client(Role.AGENT).get(page(over)))
    assert "data-review" not in text
    assert "您好！很高兴为您服务" in text


def test_who_may_not_see_a_contact_finds_nothing(over: Talk) -> None:
    for role in (Role.HANDLER, Role.CALLBACK_AGENT, "outsider"):
        for address in (page(over), f"{page(over)}part"):
            assert over.house.cast.client(role).get(address).status_code == 404
    assert Client().get(page(over)).status_code == 302


@pytest.mark.parametrize(
    ("said", "review", "event"),
    [
        ("confirm", Review.CONFIRMED, "dialogue.finding_confirmed"),
        ("reject", Review.REJECTED, "dialogue.finding_rejected"),
    ],
)
def test_a_finding_is_reviewed_and_the_next_is_shown(
    over: Talk, inspector: Client, said: str, review: Review, event: str
) -> None:
    miss = a_miss()
    address = f"{page(over)}findings/{miss.pk}/review"
    answer = inspector.post(address, {"review": said, "version": miss.version})
    assert answer.status_code == 302
    following = answer["Location"].rpartition("#f")[2]
    assert Finding.objects.get(pk=following).pk != miss.pk
    assert Finding.objects.get(pk=miss.pk).review == review
    assert len(recorded(event)) == 1


def test_a_review_that_comes_too_late_is_told(over: Talk, inspector: Client) -> None:
    miss = a_miss()
    address = f"{page(over)}findings/{miss.pk}/review"
    inspector.post(address, {"review": "confirm", "version": miss.version})
    answer = inspector.post(address, {"review": "reject", "version": miss.version}, follow=True)
    assert "tone-caution" in shown(answer)
    assert "done=late" in answer.redirect_chain[0][0]
    assert Finding.objects.get(pk=miss.pk).review == Review.CONFIRMED


def test_a_finding_is_changed_by_a_form(over: Talk, inspector: Client) -> None:
    miss = a_miss()
    address = f"{page(over)}findings/{miss.pk}/change"
    assert "HW-3.9" in shown(inspector.get(address))
    fields = {"outcome": "met", "clause": miss.clause, "version": miss.version}
    assert inspector.post(address, {**fields, "note": ""}).status_code == 422
    answer = inspector.post(address, {**fields, "note": "引用客户的话"})
    assert answer.status_code == 302
    changed = Finding.objects.get(pk=miss.pk)
    assert (changed.review, changed.said_outcome) == (Review.CHANGED, "met")
    assert "引用客户的话" in shown(inspector.get(page(over)))


def test_who_may_not_review_changes_nothing(over: Talk) -> None:
    miss = a_miss()
    for role, status in ((Role.AGENT, 403), (Role.TEAM_LEADER, 403), (Role.HANDLER, 404)):
        client = over.house.cast.client(role)
        with nothing_changes():
            answer = client.post(
                f"{page(over)}findings/{miss.pk}/review",
                {"review": "confirm", "version": miss.version},
            )
        assert answer.status_code == status, role


def test_a_finding_of_another_contact_is_not_found(over: Talk, inspector: Client) -> None:
    other = over.house.arrival(after=100)
    address = f"/contacts/{other}/findings/{a_miss().pk}/review"
    with nothing_changes():
        answer = inspector.post(address, {"review": "confirm", "version": 1})
    assert answer.status_code == 404


def test_a_review_that_says_nothing_is_refused_to_who_may_see_it(
    over: Talk, inspector: Client
) -> None:
    address = f"{page(over)}findings/{a_miss().pk}/review"
    stranger = over.house.cast.client("outsider")
    with nothing_changes():
        assert inspector.post(address, {}).status_code == 422
        assert stranger.post(address, {}).status_code == 404


def test_a_file_is_shown_to_who_may_see_the_contact(over: Talk, inspector: Client) -> None:
    address = f"{page(over)}files/1"
    assert inspector.get(address).status_code == 404
    assert over.house.cast.client("outsider").get(address).status_code == 404


def test_a_rating_is_shown(over: Talk, inspector: Client) -> None:
    rate_contact(over.id, solved=False, satisfied=2, why="等太久", at=later(200))
    text = shown(inspector.get(page(over)))
    assert "等太久" in text


def test_the_part_is_what_the_page_includes(over: Talk, inspector: Client) -> None:
    part, whole = shown(inspector.get(f"{page(over)}part")), shown(inspector.get(page(over)))
    assert "<html" not in part
    assert part.count('class="finding') == whole.count('class="finding')


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["a turn", "a whisper", "the end", "an inspection", "a review"])
def test_a_page_hears_of_everything_that_changes_it(
    talk: Talk, assert_live: Callable[..., None], what: str
) -> None:
    talk.says(RUDE)
    if what in ("an inspection", "a review"):
        talk.ends()
    if what == "a review":
        Worker("tests").tick(later(talk.clock))
    acts: dict[str, Callable[[], Any]] = {
        "a turn": lambda: talk.hears("什么态度！"),
        "a whisper": lambda: whisper(talk.id, text="道歉", sent_as="w", actor=talk.agent, at=LATE),
        "the end": talk.ends,
        "an inspection": lambda: inspect_contact(talk.id, at=LATE),
        "a review": lambda: confirm_finding(
            a_miss().pk, version=1, actor=talk.house.actor(Role.INSPECTOR), at=LATE
        ),
    }
    session = session_of(talk.house.cast.client(Role.INSPECTOR))
    assert_live("contact-page", str(talk.id), acts[what], session=session)


def test_contacts_of_others_cannot_be_watched(talk: Talk) -> None:
    for role in (Role.CALLBACK_AGENT, Role.HANDLER, "outsider"):
        session = session_of(talk.house.cast.client(role))
        for key in (str(talk.id), "²", "x"):
            watch = Watch("contact-page", key)
            admission = admit(session, [watch])
            assert admission is not None
            assert admission.refused == {watch}
