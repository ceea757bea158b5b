"""The server as a process: what it says at its start, what is in its way, how it ends."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from rexian.cli.application import run
from rexian.site import schema
from tests.site.conftest import Run, Start

pytestmark = pytest.mark.xdist_group("starting")  # long ones: groups come first


OWN = ("--organisation", "江城燃气", "--code", "jiangcheng", "--administrator", "林慧")


@pytest.fixture(autouse=True)
def _address_of_this_process_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget again where a server would have been reached that was refused in this process."""
    monkeypatch.setenv("REXIAN_PUBLIC_URL", "")
    monkeypatch.delenv("REXIAN_PUBLIC_URL")


def rows(home: Path, table: str) -> int:
    """Return how many rows a table of a home has."""
    with closing(sqlite3.connect(home / "rexian.sqlite3")) as database:
        count: int = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return count


def get(url: str) -> bytes:
    """Return what a page of a server of ours answers."""
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - ours, on this machine
        body: bytes = answer.read()
    return body


def open_stream(url: str) -> Any:
    """Sign in as the demonstration's administrator and open a live stream."""
    browser = build_opener(HTTPCookieProcessor())
    with browser.open(f"{url}/account/sign-in/", timeout=10) as page:
        token, *_ = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
    given = {"csrfmiddlewaretoken": token, "sign_in": "admin", "password": "rexian-demo"}
    sign_in = Request(f"{url}/account/sign-in/", urlencode(given).encode())  # noqa: S310
    browser.open(sign_in, timeout=10).close()
    stream = browser.open(f"{url}/live?watch=work:1", timeout=10)
    assert stream.readline() == b"retry: 3000\n"
    return stream


def children(pid: int) -> list[int]:
    """Return the processes that a process has begun."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(one) for one in found]


def gone(pid: int) -> bool:
    """Tell whether a process ends within 5 seconds."""
    try:
        ending = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([ending], [], [], 5)[0])
    finally:
        os.close(ending)


def test_a_first_start_founds_the_demonstration_and_a_second_nothing(
    start: Start, home: Path, rexian: Run
) -> None:
    first = start()
    said = first.ready()
    assert said[-1].startswith(f"Rexian is ready: http://localhost:{first.port}")
    assert len([line for line in said if line.endswith("rexian-demo")]) == 14
    assert json.loads(get(f"{first.url}/health/ready"))["status"] == "ok"
    with open_stream(first.url.replace("127.0.0.1", "localhost")) as stream:
        assert first.stop() == 0
        assert b"closing" in stream.read()
    founded = rows(home, "org_person")
    second = start()
    assert second.ready() == [line.replace(str(first.port), str(second.port)) for line in said]
    assert second.stop(signal.SIGINT) == 0
    assert rows(home, "org_person") == founded
    assert (home / "secret").stat().st_mode & 0o777 == 0o600
    elsewhere = rexian("serve", "--work", REXIAN_PUBLIC_URL="https://hotline.example.org")
    assert "passwords everybody can read" in elsewhere.stderr
    assert elsewhere.returncode == 2


def test_two_starts_at_once_found_one_demonstration(start: Start, home: Path) -> None:
    both = [start(), start()]
    for one in both:
        one.ready()
    assert [one.stop() for one in both] == [0, 0]
    assert rows(home, "org_organisation") == 1


def test_pages_from_several_processes_end_when_told_to_and_when_their_parent_is_killed(
    start: Start, rexian: Run
) -> None:
    waits = rexian("serve", "--work")
    assert "rexian migrate" in waits.stderr
    founded = rexian(
        "init", *OWN, "--sign-in", "linhui", "--password-stdin", given="出门以前先看七天天气\n"
    )
    assert founded.returncode == 0, founded.stderr
    first, second = start("--web", "--processes", "2"), start("--web")
    workers = []
    for one in (first, second):
        one.ready()
        workers += children(one.process.pid)
        assert json.loads(get(f"{one.url}/health/live"))["status"] == "ok"
    assert b"rexian_requests_total" in get(f"{first.url}/metrics")
    assert first.stop() == 0
    second.process.kill()
    assert len(workers) >= 3
    assert all(gone(worker) for worker in workers)


def said_in_a_line(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a refused command says: one line, without the way through our code."""
    assert run(["--language", "en", *arguments]) == 2
    errors = capsys.readouterr().err
    assert errors.startswith("Error: ")
    assert errors.count("\n") == 1
    return errors


def test_a_busy_port_is_said_in_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    monkeypatch.setenv("REXIAN_HOME", str(home))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"Port {port} is taken" in said_in_a_line(capsys, "serve", "--port", port)


@pytest.mark.parametrize(
    ("variable", "text", "words"),
    [
        ("REXIAN_HOOM", "somewhere", "REXIAN_HOME"),
        ("REXIAN_HOME", "/dev/null/home", "/dev/null/home cannot be written to"),
        ("REXIAN_PUBLIC_URL", "https://hotline.example.org", "There is no secret in"),
        ("REXIAN_UPLOAD_LIMIT", "much", "a size in bytes"),
    ],
    ids=["unknown setting", "unwritable folder", "missing secret", "wrong setting"],
)
def test_what_is_in_the_way_is_said_in_a_line(
    variable: str,
    text: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    home: Path,
) -> None:
    monkeypatch.setenv("REXIAN_HOME", str(home))
    monkeypatch.delenv("REXIAN_SECRET")
    monkeypatch.setenv(variable, text)
    assert words in said_in_a_line(capsys, "serve")


def test_a_database_that_does_not_answer_is_said_in_a_line(rexian: Run) -> None:
    nowhere = "postgresql://nobody:hidden@127.0.0.1:9/none"
    done = rexian("migrate", REXIAN_DATABASE=nowhere)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: The database 127.0.0.1:9/none cannot be reached")
    assert done.stderr.count("\n") == 1
    assert "hidden" not in done.stderr


@pytest.mark.django_db
def test_a_newer_database_is_left_alone() -> None:
    MigrationRecorder(connection).record_applied("org", "9999_later")
    with pytest.raises(schema.DatabaseNewer, match=r"org\.9999_later"):
        schema.migrate(lambda _: None)


@pytest.mark.django_db
def test_an_older_database_is_brought_up_to_date_by_nobody_but_who_should() -> None:
    MigrationRecorder(connection).record_unapplied("org", "0001_initial")
    found = schema.schema()
    assert "org.0001_initial" in found.pending
    with pytest.raises(schema.DatabaseOlder, match="rexian migrate"):
        schema.refuse_older(found)


def test_parts_go_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert "parts" in said_in_a_line_of_misuse(capsys, "serve", "--web", "--live")
    assert "--web" in said_in_a_line_of_misuse(capsys, "serve", "--work", "--processes", "2")


def said_in_a_line_of_misuse(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the first line of what a wrong command line is answered with."""
    assert run(["--language", "en", *arguments]) == 2
    return capsys.readouterr().err.splitlines()[0]
