from __future__ import annotations

import pytest

from rexian.org import queries
from tests.cast import Cast


@pytest.mark.django_db
def test_somebody_signed_in_has_the_rights_of_their_posts(cast: Cast) -> None:
    person = queries.signed_in(cast.id("inspector"))
    assert person is not None
    assert person.actor.may("dialogue.inspect")
    assert not person.actor.may("org.manage")
