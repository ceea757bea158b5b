"""Files of cases: checked, kept once, given to those who see the case and to nobody else."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from rexian.cases.domain.refusals import NotTheirMove
from rexian.cases.queries.files import file_content
from rexian.cases.services.files import STORE, attach_file, remove_orphans
from rexian.contacts.domain.files import BadFile
from rexian.contacts.services.storage import store_of
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import OUTSIDER, nothing_changes

pytestmark = pytest.mark.django_db
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)


def attach(desk: Desk, case: int, role: Role | str = Role.AGENT, content: bytes = PICTURE) -> int:
    """Attach a picture as somebody."""
    return attach_file(case, name="车道.png", content=content, actor=desk.actor(role), at=NOON)


def test_a_file_is_there_for_those_who_see_the_case(desk: Desk) -> None:
    made = desk.take()
    file = attach(desk, made)
    shown, content = file_content(made, file, actor=desk.actor(Role.DISPATCHER))
    assert (shown.name, shown.media_type, shown.step) == ("车道.png", "image/png", None)
    assert content.startswith(b"\x89PNG")
    for stranger in (Role.HANDLER, OUTSIDER):
        with pytest.raises(NotFound):
            file_content(made, file, actor=desk.actor(stranger))
    other = desk.take()
    with pytest.raises(NotFound):
        file_content(other, file, actor=desk.actor())


def test_a_file_belongs_to_the_step_that_it_came_with(desk: Desk) -> None:
    made = desk.take()
    file = attach(desk, made)
    seq = desk.move(made, "add", text="现场照片", files=(file,))
    assert [(one.id, one.step) for one in desk.page(made).files] == [(file, seq)]


def test_the_same_file_again_is_the_same(desk: Desk) -> None:
    made = desk.take()
    assert attach(desk, made) == attach(desk, made)
    assert len(desk.page(made).files) == 1


def test_what_is_no_picture_and_no_paper_is_refused_without_a_trace(desk: Desk) -> None:
    made = desk.take()
    with nothing_changes(), pytest.raises(BadFile):
        attach(desk, made, content=b"#!/bin/sh")


def test_whoever_may_only_look_attaches_nothing(desk: Desk) -> None:
    made = desk.take()
    with nothing_changes(), pytest.raises(NotTheirMove):
        attach(desk, made, Role.INSPECTOR)
    with nothing_changes(), pytest.raises(NotFound):
        attach(desk, made, Role.HANDLER)


def test_a_file_that_no_case_knows_is_removed_a_day_later(desk: Desk) -> None:
    attach(desk, desk.take())
    store = store_of(STORE)
    store.store("ab/" + "0" * 32, b"nobody's")
    now = datetime.now(tz=UTC)
    assert remove_orphans(before=now - timedelta(days=1)) == 0
    assert remove_orphans(before=now + timedelta(hours=1)) == 1
    assert remove_orphans(before=now + timedelta(hours=1)) == 0
