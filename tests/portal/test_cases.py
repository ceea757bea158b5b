"""Cases at the portal: submit one, find it again, and do what its flow offers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rexian.cases.domain.details import CaseDetails
from rexian.cases.queries import case
from rexian.cases.queries.keys import case_key, case_of_key
from rexian.cases.services import Given, move_case, take_case
from rexian.contacts.queries import contact_of_visit
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import Cast, nothing_changes, recorded
from tests.portal.conftest import Agent, Customer
from tests.portal.test_files import png

pytestmark = pytest.mark.django_db

MACHINE = Actor.system("tests")
FILLED = {
    "category": "complaint-attitude",
    "matter": "收费员不找零，还骂人。",
    "place_text": "柳村收费站",
    "number": "13800138000",
    "name": "赵先生",
    "wants_answer": "on",
    "sent_as": "form-of-a-browser-1",
}


@pytest.fixture(autouse=True)
def home(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    """Have the standards in force, and keep files in a folder of the test's own."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    cast.put_standards_in_force(timezone.now())
    return tmp_path


@pytest.fixture
def submit(customer: Customer) -> Callable[..., Any]:
    """Give a function that sends the form, and returns the answer."""

    def sent(*pictures: tuple[str, bytes], **changed: str) -> Any:
        files = [SimpleUploadedFile(name, content) for name, content in pictures]
        given = {**FILLED, **changed, **({"pictures": files} if files else {})}
        return customer.browser.post("/service/huatong/submit", given)

    return sent


def key_of(answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()
    found = re.fullmatch(r"/service/c/([^/]+)/(\?.*)?", answer["Location"])
    assert found
    return found[1]


def text(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def answer_it(cast: Cast, made: int) -> None:
    """Have the agent answer an enquiry."""
    given = Given(text="可以开电子发票。")
    version = case(made, actor=MACHINE).version
    actor, at = cast.actor(Role.AGENT), timezone.now()
    move_case(made, move="answer", given=given, version=version, actor=actor, at=at)


def test_what_is_submitted_gets_a_number_a_way_and_a_slip(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit(("现场.png", png())))
    made = case(case_of_key(key), actor=MACHINE)
    page = customer.look(f"/service/c/{key}/?done=submitted")
    told = text(page)
    assert made.reference in told
    assert "收费员不找零" in told
    assert "138****8000" in told
    assert "13800138000" not in page.content.decode()
    picture = re.search(r'src="(/service/c/[^"]+/files/\d+)"', page.content.decode())
    assert picture
    shown = customer.look(picture[1])
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    slip = text(customer.look(f"/service/c/{key}/slip"))
    assert made.reference in slip
    assert "/service/huatong/follow" in slip


def test_a_second_click_and_a_reload_make_one_case(submit: Callable[..., Any]) -> None:
    assert key_of(submit()) == key_of(submit())
    assert key_of(submit(sent_as="form-of-a-browser-2")) == key_of(submit())
    assert len(recorded("cases.case_taken")) == 1


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(
    submit: Callable[..., Any],
) -> None:
    with nothing_changes():
        answer = submit(("a.png", b"<svg/>"), number="12", category="x", matter="")
    assert answer.status_code == 422
    for field in ("category", "matter", "pictures"):
        assert f'id="id_{field}_error"' in answer.content.decode()
    with nothing_changes():
        answer = submit(number="12")
    assert 'id="id_number_error"' in answer.content.decode()


def test_too_many_pictures_and_too_large_ones_are_refused(submit: Callable[..., Any]) -> None:
    with nothing_changes():
        assert submit(*[(f"{n}.png", png()) for n in range(6)]).status_code == 422


def test_files_that_are_too_large_are_not_even_read(customer: Customer) -> None:
    with nothing_changes():
        answer = customer.browser.post(
            "/service/huatong/submit",
            data=b"",
            content_type="multipart/form-data; boundary=x",
            headers={"Content-Length": str(10**10)},
        )
    assert answer.status_code == 413


def test_no_emergency_is_taken_by_a_form(customer: Customer) -> None:
    page = customer.look("/service/huatong/submit").content.decode()
    assert 'value="complaint-attitude"' in page
    assert 'value="help' not in page
    assert 'href="tel:120"' in page


def test_a_case_is_found_by_its_number_and_telephone_number(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit())
    reference = case(case_of_key(key), actor=MACHINE).reference
    asked = {"reference": reference, "number": "138 0013 8000"}
    assert key_of(customer.send("/service/huatong/follow", asked)) == key
    wrong = customer.send("/service/huatong/follow", {**asked, "number": "13900139000"})
    unknown = customer.send("/service/huatong/follow", {**asked, "reference": "261122-0000-0000"})
    assert wrong.status_code == unknown.status_code == 422
    faults = re.compile(r"<ul>\s*<li>(.*?)</li>", re.DOTALL)
    said = [faults.findall(one.content.decode())[0] for one in (wrong, unknown)]
    assert said[0] == said[1]


def test_whoever_guesses_is_told_to_wait(customer: Customer, submit: Callable[..., Any]) -> None:
    reference = case(case_of_key(key_of(submit())), actor=MACHINE).reference
    asked = {"reference": reference, "number": "13900139000"}
    for _ in range(10):
        assert customer.send("/service/huatong/follow", asked).status_code == 422
    assert customer.send("/service/huatong/follow", asked).status_code == 403


def test_a_customer_adds_presses_and_withdraws_without_a_script(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit())
    address = f"/service/c/{key}/"
    given = {"add-text": "车牌云A12345", "sent_as": "a" * 20}
    for _ in range(2):  # pressed twice
        answer = customer.browser.post(f"{address}add", given)
        assert answer["Location"] == f"{address}?done=added"
    assert customer.browser.post(f"{address}add", {"add-text": " "}).status_code == 422
    assert customer.send(f"{address}press", {})["Location"] == f"{address}?done=pressed"
    page = customer.look(address).content.decode()
    assert page.count("车牌云A12345") == 1
    assert customer.send(f"{address}withdraw", {"withdraw-reason": ""}).status_code == 422
    answer = customer.send(f"{address}withdraw", {"withdraw-reason": "已解决"})
    assert answer["Location"] == f"{address}?done=withdrawn"
    page = customer.look(address).content.decode()
    assert f'action="{address}' not in page
    assert customer.browser.post(f"{address}add", {"add-text": "还有"}).status_code == 403


def test_a_customer_says_how_it_went_when_the_flow_asks(
    customer: Customer, submit: Callable[..., Any], cast: Cast
) -> None:
    key = key_of(submit(category="enquiry-other", matter="怎么开电子发票？"))
    address, made = f"/service/c/{key}/", case_of_key(key)
    assert "rating-solved" not in customer.look(address).content.decode()
    answer_it(cast, made)
    page = customer.look(address)
    assert "可以开电子发票" in text(page)
    assert "rating-solved" in page.content.decode()
    lacking = {"rating-solved": "no", "rating-satisfied": "1"}
    with nothing_changes():
        assert customer.send(f"{address}rating", lacking).status_code == 422
    answer = customer.send(f"{address}rating", {**lacking, "rating-why": "没说清楚"})
    assert answer["Location"] == f"{address}?done=again"
    assert case(made, actor=MACHINE).round == 2


def test_the_pages_speak_three_languages_and_keep_the_key(
    customer: Customer, submit: Callable[..., Any]
) -> None:
    key = key_of(submit())
    for address in ("/service/huatong/", "/service/huatong/submit", "/service/huatong/follow",
                    f"/service/c/{key}/", f"/service/c/{key}/slip"):  # fmt: skip
        for language in ("zh-Hans", "zh-Hant", "en"):
            answer = customer.look(f"{address}?language={language}")
            assert (answer.status_code, answer["Content-Language"]) == (200, language)
        assert not answer.cookies
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("wrong", ["1-0", "x", "1-" + "0" * 40, "-", "٣-1"])
def test_a_wrong_key_opens_nothing(customer: Customer, wrong: str) -> None:
    for page in ("", "slip", "files/1"):
        assert customer.look(f"/service/c/{wrong}/{page}").status_code == 404
    for deed in ("add", "press", "resume", "withdraw", "rating"):
        assert customer.send(f"/service/c/{wrong}/{deed}", {}).status_code == 404


def test_a_chat_that_became_a_case_shows_its_number_and_leads_there(
    customer: Customer, agent: Agent, cast: Cast
) -> None:
    agent.ready()
    visit = customer.begin()
    agent.accept(visit)
    details = CaseDetails(
        category="complaint-attitude", matter="态度不好", contact=contact_of_visit(visit)
    )
    made = take_case("huatong", details=details, actor=cast.actor(Role.AGENT), at=timezone.now())
    page = customer.look(f"/chat/c/{visit}/").content.decode()
    assert case(made, actor=MACHINE).reference in page
    assert f"/service/c/{case_key(made)}/" in page
