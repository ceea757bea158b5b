from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _performers_forget() -> Iterator[None]:
    yield
    from tests.clockwork.performers import Script  # noqa: PLC0415 - when there are settings

    Script.forget()
