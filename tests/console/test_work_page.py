"""The page of work: what is in trouble, for those who tend to it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def park(organisation: int | None, *, error: str = "Conflict", subject: str = "upload:7") -> int:
    """Return work that has failed for the last time."""
    from rexian.clockwork import models  # noqa: PLC0415 - after the settings
    from rexian.clockwork.domain.work import Kind, Lane, State  # noqa: PLC0415

    work = models.Work.objects.create(
        kind=Kind.JOB,
        name="console.test",
        lane=Lane.JOBS,
        subject=subject,
        organisation=organisation,
        state=State.PARKED,
        due_at=NOW,
        failed_at=NOW,
        attempts=5,
        reason={"error": error, "message": "No unit {code}.", "values": {"code": "42"}},
    )
    return work.id


def state_of(work: int) -> str:
    from rexian.clockwork import models  # noqa: PLC0415 - after the settings

    return models.Work.objects.get(pk=work).state


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [("administrator", 200), ("agent", 403)])
def test_work_is_for_those_who_tend_to_it(role: str, status: int, cast: Any) -> None:
    assert cast.client(role).get("/work/").status_code == status


@pytest.mark.django_db
def test_whoever_is_not_signed_in_is_sent_to_the_door(client: Any) -> None:
    assert client.get("/work/").status_code == 302


@pytest.mark.django_db
def test_parked_work_is_shown_with_its_reason(cast: Any) -> None:
    park(cast.organisation)
    text = cast.client("administrator").get("/work/").content.decode()
    assert "No unit 42." in text
    assert "upload:7" in text
    assert "2026-11-22 17:00" in text


@pytest.mark.django_db
def test_where_nothing_is_parked_the_page_says_so(cast: Any) -> None:
    text = cast.client("administrator").get("/work/").content.decode()
    assert 'class="state"' in text


@pytest.mark.django_db
def test_another_organisation_sees_none_of_it(cast: Any) -> None:
    work = park(cast.organisation)
    outsider = cast.client("outsider")
    assert "upload:7" not in outsider.get("/work/").content.decode()
    assert outsider.get(f"/work/{work}/drop").status_code == 404
    assert outsider.post(f"/work/{work}/drop").status_code == 404
    assert outsider.post(f"/work/{work}/release").status_code == 404
    assert state_of(work) == "parked"


@pytest.mark.django_db
def test_a_button_has_it_tried_anew_and_a_second_click_is_told(cast: Any) -> None:
    work = park(cast.organisation)
    client = cast.client("administrator")
    first = client.post(f"/work/{work}/release")
    assert first.headers["Location"] == "/work/?done=released"
    assert client.get(first.headers["Location"]).status_code == 200
    assert state_of(work) == "open"
    assert client.post(f"/work/{work}/release").headers["Location"] == "/work/?done=late"


@pytest.mark.django_db
def test_giving_up_is_asked_first(cast: Any) -> None:
    work = park(cast.organisation)
    client = cast.client("administrator")
    assert "upload:7" in client.get(f"/work/{work}/drop").content.decode()
    assert state_of(work) == "parked"
    assert client.post(f"/work/{work}/drop").headers["Location"] == "/work/?done=dropped"
    assert state_of(work) == "stopped"
    assert client.post(f"/work/{work}/drop").headers["Location"] == "/work/?done=late"
    assert client.get(f"/work/{work}/drop").headers["Location"] == "/work/?done=late"


@pytest.mark.django_db
def test_nothing_is_done_by_looking(cast: Any) -> None:
    work = park(cast.organisation)
    assert cast.client("administrator").get(f"/work/{work}/release").status_code == 405
    assert state_of(work) == "parked"


@pytest.mark.django_db
def test_a_long_list_has_pages(cast: Any) -> None:
    for number in range(30):
        park(cast.organisation, subject=f"upload:{number}")
    client = cast.client("administrator")
    assert "upload:29" in client.get("/work/").content.decode()
    second = client.get("/work/?page=2").content.decode()
    assert "upload:0<" in second
    assert "data-live=" not in second


@pytest.mark.django_db
def test_work_that_is_tried_again_is_shown_too(cast: Any) -> None:
    from rexian.clockwork import models  # noqa: PLC0415 - after the settings
    from rexian.clockwork.domain.work import State  # noqa: PLC0415

    work = park(cast.organisation)
    models.Work.objects.filter(pk=work).update(state=State.OPEN, next_at=NOW)
    assert "No unit 42." in cast.client("administrator").get("/work/").content.decode()


@pytest.mark.django_db
def test_the_installations_own_work_is_shown_where_there_is_one_organisation(cast: Any) -> None:
    from rexian.org.queries import organisation_count  # noqa: PLC0415 - after the settings

    park(None)
    assert organisation_count() == 2
    assert "upload:7" not in cast.client("administrator").get("/work/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_list_stays_up_to_date_by_itself(cast: Any, assert_live: Any) -> None:
    from rexian.clockwork.services import drop_parked  # noqa: PLC0415 - after the settings

    work = park(cast.organisation)
    park(cast.organisation, subject="upload:8")
    session = cast.client("administrator").session.session_key
    assert_live(
        "work",
        str(cast.organisation),
        lambda: drop_parked(work, actor=cast.actor("administrator"), at=NOW),
        session=session,
    )
