from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from rexian.org.domain.clients import Client as Place
from rexian.org.queries import actor_of_token, second_factor_of, sessions_of, tokens_of
from rexian.org.services import begin_session, make_token
from tests.cast import OUTSIDER, Cast

pytestmark = pytest.mark.django_db
PAGES = ("profile", "password", "sessions", "second-factor", "tokens")
GOOD = "三月的高速公路 long enough"


@pytest.mark.parametrize("page", PAGES)
def test_everybody_has_their_own_settings(cast: Cast, page: str) -> None:
    assert cast.client("agent").get(f"/account/{page}/").status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("db")
def test_nobody_has_settings_who_is_not_signed_in(client: Client, page: str) -> None:
    answer = client.get(f"/account/{page}/")
    assert answer["Location"] == f"/account/sign-in/?next=%2Faccount%2F{page}%2F"


def test_own_settings_begin_with_the_profile(cast: Cast) -> None:
    assert cast.client("agent").get("/account/")["Location"] == "/account/profile/"


def test_the_interface_looks_as_one_chooses(cast: Cast) -> None:
    client = cast.client("agent")
    wanted = {"language": "en", "theme": "dark", "density": "compact"}
    assert client.post("/account/profile/", wanted).status_code == 302
    page = client.get("/account/profile/").content.decode()
    assert '<html lang="en" data-theme="dark" data-density="compact">' in page
    wrong = client.post("/account/profile/", {**wanted, "theme": "pink"})
    assert wrong.status_code == 422
    assert "id_theme_error" in wrong.content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old": "wrong"}, "old"),
        ({"again": "other"}, "again"),
        ({"new": "1234567890", "again": "1234567890"}, "new"),
        ({"new": ""}, "new"),
    ],
)
def test_a_password_that_cannot_be_is_said_beside_its_field(
    cast: Cast, changes: dict[str, str], field: str
) -> None:
    form = {"old": cast.password, "new": GOOD, "again": GOOD, **changes}
    answer = cast.client("agent").post("/account/password/", form)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_whoever_changes_their_password_stays_here_and_is_out_elsewhere(cast: Cast) -> None:
    here, there = cast.client("agent"), cast.client("agent")
    form = {"old": cast.password, "new": GOOD, "again": GOOD}
    assert here.post("/account/password/", form).status_code == 302
    assert here.get("/account/profile/").status_code == 200
    assert there.get("/account/profile/").status_code == 302


def test_sessions_are_ended_one_by_one_or_all(cast: Cast) -> None:
    place = Place(address="203.0.113.7", browser="Firefox, Windows")
    client, at = cast.client("agent"), timezone.now()
    numbers = [
        begin_session(cast.id("agent"), key=key, client=place, at=at) for key in ("a", "b", "c")
    ]
    assert "Firefox, Windows" in client.get("/account/sessions/").content.decode()
    assert client.post(f"/account/sessions/{numbers[0]}/end/").status_code == 302
    assert cast.client(OUTSIDER).post(f"/account/sessions/{numbers[1]}/end/").status_code == 404
    assert client.post("/account/sessions/others/end/").status_code == 302
    assert sessions_of(cast.id("agent"), key="", at=at) == ()


def test_a_second_factor_is_set_up_shown_and_removed(cast: Cast) -> None:
    client = cast.client("agent")
    client.post("/account/second-factor/", {"begin": "1"})
    page = client.get("/account/second-factor/").content.decode()
    shown = second_factor_of(cast.id("agent"))
    assert shown is not None
    assert shown.secret in page
    assert 'src="data:image/svg+xml' in page
    wrong = client.post("/account/second-factor/", {"code": "000000"})
    assert "id_code_error" in wrong.content.decode()
    code = pyotp.TOTP(shown.secret).now()
    codes = client.post("/account/second-factor/", {"code": code}).content.decode()
    assert len(re.findall(r"<li>[a-z2-9]{4}-[a-z2-9]{4}</li>", codes)) == 10
    assert client.get("/account/second-factor/backup-codes/").status_code == 405
    assert client.post("/account/second-factor/backup-codes/").status_code == 200
    refused = client.post("/account/second-factor/remove/", {"password": "wrong"})
    assert "id_password_error" in refused.content.decode()
    removed = client.post("/account/second-factor/remove/", {"password": cast.password})
    assert removed.status_code == 302
    assert second_factor_of(cast.id("agent")) is None


def test_a_token_is_shown_once_and_revoked(cast: Cast) -> None:
    client = cast.client("inspector")
    form = {"name": "客服系统", "scopes": ["dialogue.inspect"], "days": "30"}
    page = client.post("/account/tokens/", form).content.decode()
    (text,) = re.findall(r"rx_[\w-]{43}", page)
    assert actor_of_token(text, timezone.now()) is not None
    assert text not in client.get("/account/tokens/").content.decode()
    (token,) = tokens_of(cast.id("inspector"), at=timezone.now())
    assert cast.client(OUTSIDER).post(f"/account/tokens/{token.id}/revoke/").status_code == 404
    assert client.post(f"/account/tokens/{token.id}/revoke/").status_code == 302
    assert actor_of_token(text, timezone.now()) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["org.manage"]}, "scopes"),
        ({"days": "9999"}, "days"),
    ],
)
def test_a_token_that_cannot_be_is_said_beside_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    form = {"name": "x", "scopes": ["standard.read"], "days": "30", **changes}
    answer = cast.client("agent").post("/account/tokens/", form)
    assert answer.status_code == 422
    assert f"id_{field}_error" in answer.content.decode()
    assert tokens_of(cast.id("agent"), at=timezone.now()) == ()


def test_an_administrator_revokes_somebody_elses_token(cast: Cast) -> None:
    made = make_token(
        cast.id("agent"),
        name="x",
        scopes=("standard.read",),
        lasts=timedelta(days=1),
        actor=cast.actor("agent"),
        at=timezone.now(),
    )
    answer = cast.client("administrator").post(f"/account/tokens/{made.id}/revoke/")
    assert answer.status_code == 302
