"""The page for the field: what it shows, what is pressed, photographed, written and signed."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rexian.cases import models
from rexian.cases.queries import case, case_page
from rexian.cases.queries.notifications import field_key, notifications_of
from tests.cases.conftest import MACHINE
from tests.cases.test_dispatch_gas import DRAWING, PAID
from tests.cast import nothing_changes
from tests.field.conftest import Desk, Gas, Telephone, breakdown, called

pytestmark = pytest.mark.django_db
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def picture(name: str = "a.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PICTURE, content_type="image/png")


def sheet(values: dict[str, str], **more: str) -> dict[str, str]:
    """Return the fields of an order as the page sends them."""
    return {**{f"value.{name}": value for name, value in values.items()}, **more}


def test_the_page_shows_what_where_and_whom_to_call(desk: Desk, telephone: Telephone) -> None:
    text = telephone.look(called(desk, breakdown(desk)))
    for words in ("小客车爆胎", "右后轮爆胎", "G56 临川方向 K110+300", "tel:13800138000"):
        assert words in text


def test_a_customer_who_is_kept_secret_is_not_named(desk: Desk, telephone: Telephone) -> None:
    text = telephone.look(called(desk, breakdown(desk, hides_customer=True)))
    assert "13800138000" not in text
    assert "赵先生" not in text


@pytest.mark.parametrize(
    "change", [lambda key: key[:-1] + "g", lambda key: "9" + key, lambda _: "x"]
)
def test_a_wrong_key_opens_nothing(desk: Desk, telephone: Telephone, change: Any) -> None:
    key = called(desk, breakdown(desk))
    text = telephone.look(change(key), 404)
    assert "小客车爆胎" not in text
    with nothing_changes():
        telephone.press(change(key), "taken", 404)


def test_the_page_ends_with_the_case(desk: Desk, telephone: Telephone) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    models.Case.objects.filter(pk=made).update(standing="closed")
    telephone.look(key, 404)


def test_no_other_site_and_no_cache_learns_of_the_key(desk: Desk, telephone: Telephone) -> None:
    answer = telephone.browser.get(f"/field/{called(desk, breakdown(desk))}/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "no-store"
    assert "noindex" in answer["X-Robots-Tag"]


def test_each_press_is_answered_with_what_can_be_pressed_next(
    desk: Desk, telephone: Telephone
) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    told = telephone.press(key, "taken", who="刘师傅")
    assert told["state"] == "taken"
    assert 'value="taken"' not in told["part"]
    assert 'value="arrived"' in told["part"]
    assert telephone.press(key, "arrived")["state"] == "arrived"
    assert desk.shown(made).state == "on-site"
    (call,) = notifications_of(made, actor=MACHINE)
    assert (call.taken_by, call.state) == ("刘师傅", "arrived")


def test_a_press_that_comes_again_is_one_press(desk: Desk, telephone: Telephone) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    telephone.press(key, "arrived")
    with nothing_changes():
        assert telephone.press(key, "arrived")["state"] == "arrived"
        assert telephone.press(key, "taken")["state"] == "arrived"


def test_without_a_script_one_comes_back_to_the_page(desk: Desk, telephone: Telephone) -> None:
    key = called(desk, breakdown(desk))
    answer = telephone.send(key, "press", {"press": "taken"}, script=False)
    assert (answer.status_code, answer["Location"]) == (302, f"/field/{key}/")


@pytest.mark.parametrize("what", ["done", "told", "", "sleep"])
def test_only_buttons_are_pressed(desk: Desk, telephone: Telephone, what: str) -> None:
    key = called(desk, breakdown(desk))
    with nothing_changes():
        telephone.press(key, what, 422)


def test_whoever_refuses_says_why(desk: Desk, telephone: Telephone) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    with nothing_changes():
        telephone.press(key, "refused", 422)
    told = telephone.press(key, "refused", reason="车都派出去了")
    assert told["state"] == "refused"
    assert "data-pictures" not in told["part"]
    telephone.press(key, "arrived", 409)


def test_pictures_are_kept_once_and_stand_in_the_timeline(desk: Desk, telephone: Telephone) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    telephone.press(key, "taken")
    for _ in range(2):
        answer = telephone.send(key, "pictures", {"pictures": [picture()], "sent_as": "p" * 20})
        assert answer.status_code == 200
    page = case_page(made, actor=MACHINE)
    (file,) = page.files
    assert [one.seq for one in page.steps if one.kind == "photos"] == [file.step]
    assert "count" in json.loads(answer.content)["part"]


@pytest.mark.parametrize(
    "pictures", [[], [SimpleUploadedFile("a.png", b"no picture")], [picture()] * 7]
)
def test_what_is_no_picture_is_refused(
    desk: Desk, telephone: Telephone, pictures: list[SimpleUploadedFile]
) -> None:
    key = called(desk, breakdown(desk))
    with nothing_changes():
        answer = telephone.send(key, "pictures", {"pictures": pictures})
    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"]


def test_help_that_is_done_is_told_to_the_house(desk: Desk, telephone: Telephone) -> None:
    made = breakdown(desk)
    key = called(desk, made)
    telephone.press(key, "arrived")
    answer = telephone.send(key, "done", {"text": "已更换备胎。"})
    assert json.loads(answer.content)["state"] == "done"
    assert notifications_of(made, actor=MACHINE)[0].result == "已更换备胎。"


def test_an_order_is_filled_in_signed_and_finished_in_one(gas: Gas, telephone: Telephone) -> None:
    made = gas.order("repair-paid")
    key = field_key(gas.send(made))
    telephone.press(key, "arrived")
    fields = sheet(PAID, text="已更换软管。", signer="刘女士", drawing=DRAWING)
    answer = telephone.send(key, "done", fields)
    assert answer.status_code == 200, answer.content.decode()
    slip = gas.slip(made, "paid-repair-order")
    assert slip.values["fee"] == "85"
    assert slip.signature
    assert case(made, actor=MACHINE).state == "resolved"


def test_every_field_that_is_wrong_says_so_at_once(gas: Gas, telephone: Telephone) -> None:
    key = field_key(gas.send(gas.order("repair-paid")))
    telephone.press(key, "arrived")
    wrong = sheet({**PAID, "fee": "很多", "work": ""}, text="")
    with nothing_changes():
        answer = telephone.send(key, "done", wrong)
    assert answer.status_code == 422
    told = json.loads(answer.content)
    assert set(told["fields"]) == {"text", "value.work", "value.fee"}


def test_without_a_script_nothing_that_was_typed_is_lost(gas: Gas, telephone: Telephone) -> None:
    key = field_key(gas.send(gas.order("repair-paid")))
    telephone.press(key, "arrived")
    answer = telephone.send(
        key, "done", sheet({**PAID, "fee": "很多"}, text="已更换软管。"), script=False
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "已更换软管。" in text
    assert 'value="很多"' in text


def test_why_something_is_not_known_will_do_instead_of_it(gas: Gas, telephone: Telephone) -> None:
    made = gas.order()
    key = field_key(gas.send(made))
    values = {
        name: value for name, value in PAID.items() if name not in {"fee", "invoice", "fault"}
    }
    fields = sheet(values, text="好了", **{"missing.fault": "unknown"})
    assert telephone.send(key, "done", fields).status_code == 200
    assert gas.slip(made, "repair-order").missing == {"fault": "unknown"}


@pytest.mark.parametrize("drawing", ["<svg onload=alert(1)>", "M1 1"])
def test_a_drawing_that_is_none_is_refused(gas: Gas, telephone: Telephone, drawing: str) -> None:
    key = field_key(gas.send(gas.order("repair-paid")))
    fields = sheet(PAID, text="好了", signer="刘女士", drawing=drawing)
    with nothing_changes():
        answer = telephone.send(key, "done", fields)
    assert answer.status_code == 422
    assert "signer" in json.loads(answer.content)["fields"]


def test_a_name_without_a_tick_or_a_drawing_is_no_signature(gas: Gas, telephone: Telephone) -> None:
    made = gas.order("repair-paid")
    key = field_key(gas.send(made))
    telephone.send(key, "done", sheet(PAID, text="好了", signer="刘女士"))
    assert gas.slip(made, "paid-repair-order").signed_at is None
    assert case(made, actor=MACHINE).state == "handling"


def test_a_form_too_large_is_not_read(desk: Desk, telephone: Telephone) -> None:
    key = called(desk, breakdown(desk))
    with nothing_changes():
        answer = telephone.send(key, "press", {"press": "taken", "reason": "x" * 300_000})
    assert answer.status_code == 413
