"""What every test may rely on: the same examples each time, and no language but the one it asks."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("rexian", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("rexian")

_LANGUAGES = ("REXIAN_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture(autouse=True)
def _no_language_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _LANGUAGES:
        monkeypatch.delenv(name, raising=False)
