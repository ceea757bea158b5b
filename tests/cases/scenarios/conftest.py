"""The organisations whose cases go their way here."""

from __future__ import annotations

import pytest

from tests.cases import organisations
from tests.cases.organisations import Organisation
from tests.cast import Cast


@pytest.fixture
def motorway(cast: Cast) -> Organisation:
    """Return the motorway's hotline."""
    return organisations.motorway(cast)


@pytest.fixture
def centre(cast: Cast) -> Organisation:
    """Return a hotline by the contact centre's wording."""
    return organisations.contact_centre(cast)


@pytest.fixture
def gas(cast: Cast) -> Organisation:
    """Return the gas company's hotline."""
    return organisations.gas_company(cast)


@pytest.fixture
def counter(cast: Cast) -> Organisation:  # noqa: ARG001 - a neighbour must not be in the way
    """Return the company with a hall."""
    return organisations.counter()


@pytest.fixture
def lessons(cast: Cast) -> Organisation:  # noqa: ARG001 - a neighbour must not be in the way
    """Return the booking platform with its school and training ground."""
    return organisations.lessons()


@pytest.fixture
def station(cast: Cast) -> Organisation:  # noqa: ARG001 - a neighbour must not be in the way
    """Return the coach station with its office and its coaches."""
    return organisations.station()
