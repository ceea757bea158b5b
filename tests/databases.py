"""Which tests are run on which database."""

from __future__ import annotations

import pytest

_ASKS = {"db", "transactional_db"}
_STAYS = ("browser", "either_database")
_FACES = frozenset({"account", "console", "desk", "field", "portal"})
"""Their pages ask queries that have tests of their own; the walk over every address has each page
once on either database."""


def is_for_postgresql(item: pytest.Item) -> bool:
    """Tell whether a test needs a database, and what it shows is not the same on either."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    needs = item.get_closest_marker("django_db") or _ASKS & set(fixtures)
    stays = any(item.get_closest_marker(name) for name in _STAYS)
    return bool(needs) and not stays and item.path.parent.name not in _FACES
