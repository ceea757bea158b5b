from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rexian.org import models, queries

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_somebody_who_has_left_is_not_signed_in() -> None:
    organisation = models.Organisation.objects.create(code="gas", name="燃气", founded_at=NOW)
    person = models.Person.objects.create(
        organisation=organisation, sign_in="li", name="李", joined_at=NOW
    )
    assert queries.signed_in(person.id) is not None
    models.Person.objects.update(left_at=NOW)
    assert queries.signed_in(person.id) is None
