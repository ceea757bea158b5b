"""Standards are loaded before somebody waits for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from rexian.contacts.queries import hotline_named
from rexian.site.warming import warm
from rexian.standard.queries.published import in_force, load_version
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_what_a_hotline_goes_by_is_loaded_once(cast: Cast) -> None:
    cast.put_standards_in_force(timezone.now() - timedelta(days=3))
    shown = hotline_named("huatong")
    ruling = in_force(shown.organisation, shown.standard, timezone.now().date())
    assert ruling
    loaded = warm()
    assert ruling.id in loaded
    assert load_version(ruling.id) is load_version(ruling.id)
    assert warm(loaded) == loaded


@pytest.mark.usefixtures("cast")
def test_there_may_be_no_standard() -> None:
    assert warm() == frozenset()
