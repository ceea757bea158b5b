"""The log says where to look, and nothing about anybody."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from rexian.kernel.errors import Conflict
from rexian.site.logs import JsonForm, ShortForm, configure_logs, facts, way_of
from rexian.site.urls import urlpatterns as ours

NAME, PASSWORD, TELEPHONE = "wangfang", "a secret of hers", "13800138000"


def broken(request: HttpRequest) -> HttpResponse:
    """Fail as a bug does, with what somebody typed in the message and in the values around."""
    typed = request.POST["telephone"]
    raise ValueError(f"invalid telephone {typed}")


urlpatterns = [path("broken", broken, name="broken"), *ours]
handler500 = "rexian.site.failures.broken"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Collect what a server would log, at its most talkative."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    configure_logs("DEBUG", stream)
    yield stream
    root.handlers, root.level = before, level


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    """Return the lines of a log, read."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_neither_a_sign_in_nor_a_bug_leaves_anything_personal_in_the_log(
    log: io.StringIO,
) -> None:
    browser = Client(raise_request_exception=False)
    browser.post("/account/sign-in/?next=/13800138000", {"sign_in": NAME, "password": PASSWORD})
    answer = browser.post("/broken?telephone=13800138000", {"telephone": TELEPHONE, "n": NAME})
    assert answer.status_code == 500
    logging.getLogger("some.library").warning("Somebody called from %s", TELEPHONE)
    logging.getLogger("asyncio").error("Exception of " + TELEPHONE)  # noqa: G003 - as others do
    written = log.getvalue()
    for word in (NAME, PASSWORD, TELEPHONE, "?"):
        assert word not in written
    assert "Somebody called from %s" in written


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_bug_is_logged_with_its_way_and_the_id_that_the_person_sees(log: io.StringIO) -> None:
    answer = Client(raise_request_exception=False).post("/broken", {"telephone": TELEPHONE})
    [failed] = [line for line in lines(log) if line["level"] == "error"]
    assert failed["error"] == "ValueError"
    assert failed["trace"][-2].startswith("tests/site/test_logs.py:") or "broken" in str(failed)
    assert failed["request"] == answer["X-Request-ID"]
    [told] = [line for line in lines(log) if line["message"] == "answered"]
    assert (told["view"], told["status"], told["method"]) == ("broken", 500, "POST")
    assert told["request"] == answer["X-Request-ID"]


def test_an_error_is_told_by_its_class_its_code_and_its_cause() -> None:
    try:
        try:
            Path(f"/{TELEPHONE}").stat()
        except OSError as error:
            raise Conflict("Taken by {who}.", who=NAME) from error
    except Conflict as error:
        told = list(way_of(error))
    assert told[1:3] == ["rexian.kernel.errors.Conflict (conflict)", "caused by"]
    assert told[-1] == "FileNotFoundError"


def test_a_person_reads_short_lines_and_a_machine_json() -> None:
    record = logging.makeLogRecord(
        {"name": "rexian.site", "levelname": "INFO", "msg": "%s done", "args": (3,), "created": 0}
    )
    record.__dict__ |= facts(view="console:home", status=200)
    assert ShortForm().format(record) == "00:00:00 info    3 done view=console:home status=200"
    assert json.loads(JsonForm().format(record)) == {
        "at": "1970-01-01T00:00:00.000Z",
        "level": "info",
        "logger": "rexian.site",
        "message": "3 done",
        "view": "console:home",
        "status": 200,
    }
