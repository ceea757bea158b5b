from __future__ import annotations

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from rexian.kernel.language import translate
from rexian.org.queries import second_factor_of
from rexian.org.services import (
    begin_second_factor,
    confirm_second_factor,
    give_password,
    give_password_link,
)
from tests.cast import OUTSIDER, Cast, recorded

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"
GOOD = "三月的高速公路 long enough"


def given(cast: Cast, **changes: str) -> dict[str, str]:
    name = cast.player("agent").sign_in
    return {"sign_in": name, "password": cast.password, **changes}


def test_the_door_shows_a_form(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_a_name_and_its_password_open_the_door(client: Client, cast: Cast) -> None:
    answer = client.post(SIGN_IN, given(cast, next="/account/profile/"))
    assert (answer.status_code, answer["Location"]) == (302, "/account/profile/")
    assert [one.name for one in recorded()] == ["org.person_signed_in"]
    assert client.get("/account/profile/").status_code == 200
    assert client.get(SIGN_IN)["Location"] == "/"


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x"])
def test_the_door_leads_nowhere_else(client: Client, cast: Cast, wanted: str) -> None:
    assert client.post(SIGN_IN, given(cast, next=wanted))["Location"] == "/"


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"sign_in": "nobody"}])
def test_a_wrong_name_and_a_wrong_password_look_the_same(
    client: Client, cast: Cast, wrong: dict[str, str]
) -> None:
    answer = client.post(SIGN_IN, given(cast, **wrong))
    assert answer.status_code == 422
    assert translate("The name or the password is wrong.") in answer.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("field", ["sign_in", "password"])
def test_an_empty_field_is_named(client: Client, cast: Cast, field: str) -> None:
    answer = client.post(SIGN_IN, given(cast, **{field: ""}))
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


@pytest.mark.parametrize(
    "headers", [{"REMOTE_ADDR": "203.0.113.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}]
)
def test_a_known_password_does_not_work_from_elsewhere(
    client: Client, cast: Cast, headers: dict[str, str]
) -> None:
    answer = client.post(SIGN_IN, given(cast), **headers)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_session_from_before_the_door_is_not_kept(client: Client, cast: Cast) -> None:
    client.post("/account/language/", {"language": "en"})
    session = client.session
    session["kept"] = True
    session.save()
    before = session.session_key
    client.post(SIGN_IN, given(cast))
    assert client.session.session_key != before


def test_signing_out_ends_the_session(client: Client, cast: Cast) -> None:
    client.post(SIGN_IN, given(cast))
    assert client.get("/account/sign-out/").status_code == 405
    client.post("/account/sign-out/")
    assert client.get("/account/profile/").status_code == 302
    assert [one.name for one in recorded()] == ["org.person_signed_in", "org.session_ended"]


def test_a_form_of_another_site_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, given(cast)).status_code == 403


def test_the_language_changes_signed_out_by_cookie_and_signed_in_for_good(
    client: Client, cast: Cast
) -> None:
    client.post("/account/language/", {"language": "en", "next": SIGN_IN})
    assert "Sign-in name" in client.get(SIGN_IN).content.decode()
    signed = cast.client("agent")
    signed.post("/account/language/", {"language": "zh-Hant"})
    assert cast.person("agent").language == "zh-Hant"
    assert client.post("/account/language/", {"language": "xx"}).status_code == 302


def telephone(cast: Cast) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    agent, actor, at = cast.id("agent"), cast.actor("agent"), timezone.now()
    begin_second_factor(agent, actor=actor, at=at)
    shown = second_factor_of(agent)
    assert shown is not None
    phone = pyotp.TOTP(shown.secret)
    return phone, confirm_second_factor(agent, code=phone.at(at), actor=actor, at=at)


def test_a_second_factor_is_asked_for_before_anybody_is_in(client: Client, cast: Cast) -> None:
    _, codes = telephone(cast)
    answer = client.post(SIGN_IN, given(cast, next="/account/tokens/"))
    assert answer["Location"].startswith("/account/sign-in/code/")
    assert client.get("/account/profile/").status_code == 302
    page = client.get(answer["Location"])
    assert 'autocomplete="one-time-code"' in page.content.decode()
    wrong = client.post("/account/sign-in/code/", {"code": "000000"})
    assert wrong.status_code == 422
    right = {"code": codes[0], "next": "/account/tokens/"}
    assert client.post("/account/sign-in/code/", right)["Location"] == "/account/tokens/"
    assert client.get("/account/profile/").status_code == 200


def test_no_code_is_asked_of_somebody_without_a_password(client: Client) -> None:
    assert client.get("/account/sign-in/code/")["Location"].startswith(SIGN_IN)


def test_whoever_has_a_given_password_changes_it_first(client: Client, cast: Cast) -> None:
    give_password(
        cast.id("agent"), password=GOOD, actor=cast.actor("administrator"), at=timezone.now()
    )
    client.post(SIGN_IN, given(cast, password=GOOD))
    assert client.get("/account/profile/")["Location"] == "/account/password/"
    form = {"old": GOOD, "new": GOOD + "!", "again": GOOD + "!"}
    assert client.post("/account/password/", form)["Location"].endswith("?done=password")
    assert client.get("/account/profile/").status_code == 200


def test_a_link_leads_to_a_new_password_once(client: Client, cast: Cast) -> None:
    link = give_password_link(
        cast.id("agent"), actor=cast.actor("administrator"), at=timezone.now()
    )
    address = f"/account/set-password/{link.token}/"
    assert client.get(address)["Location"] == "/account/set-password/"
    assert cast.player("agent").name in client.get("/account/set-password/").content.decode()
    differing = client.post("/account/set-password/", {"new": GOOD, "again": "x"})
    assert differing.status_code == 422
    weak = client.post("/account/set-password/", {"new": "1234567890", "again": "1234567890"})
    assert 'id="id_new_error"' in weak.content.decode()
    done = client.post("/account/set-password/", {"new": GOOD, "again": GOOD})
    assert done["Location"].startswith(SIGN_IN)
    assert client.get(address).status_code == 403
    assert client.get("/account/set-password/").status_code == 403
    assert client.post(SIGN_IN, given(cast, password=GOOD)).status_code == 302


def test_without_mail_one_asks_the_administrator(client: Client) -> None:
    page = client.get("/account/forgotten/")
    assert page.status_code == 200
    assert 'name="who"' not in page.content.decode()


def test_somebody_of_another_organisation_is_somebody_else(client: Client, cast: Cast) -> None:
    client.post(SIGN_IN, given(cast, sign_in=cast.player(OUTSIDER).sign_in))
    page = client.get("/account/profile/").content.decode()
    assert "江城燃气" in page
    assert "华通" not in page
