"""Reads about organisations, units and people, as frozen values."""

from rexian.org.ports import Held
from rexian.org.queries.access import (
    LinkOwner,
    SecondFactorShown,
    SessionShown,
    owner_of_link,
    second_factor_of,
    sessions_of,
)
from rexian.org.queries.holdings import HeldKind, add_holding, holdings_of
from rexian.org.queries.names import names_of
from rexian.org.queries.organisations import OrganisationShown, organisation, organisation_count
from rexian.org.queries.people import (
    PersonPage,
    PersonShown,
    PostShown,
    Presence,
    Wanted,
    people,
    people_by_id,
    people_count,
    person,
    successors,
)
from rexian.org.queries.persons import (
    Owed,
    SignedIn,
    agent_numbers_of,
    languages_of,
    person_of_agent_number,
    signed_in,
)
from rexian.org.queries.rosters import Draft, roster_draft
from rexian.org.queries.tokens import TokenShown, actor_of_token, tokens_of
from rexian.org.queries.units import (
    UnitBranch,
    UnitShown,
    unit,
    unit_tree,
    units_above,
    units_by_id,
    units_for,
    units_of,
)

__all__ = [
    "Draft",
    "Held",
    "HeldKind",
    "LinkOwner",
    "OrganisationShown",
    "Owed",
    "PersonPage",
    "PersonShown",
    "PostShown",
    "Presence",
    "SecondFactorShown",
    "SessionShown",
    "SignedIn",
    "TokenShown",
    "UnitBranch",
    "UnitShown",
    "Wanted",
    "actor_of_token",
    "add_holding",
    "agent_numbers_of",
    "holdings_of",
    "languages_of",
    "names_of",
    "organisation",
    "organisation_count",
    "owner_of_link",
    "people",
    "people_by_id",
    "people_count",
    "person",
    "person_of_agent_number",
    "roster_draft",
    "second_factor_of",
    "sessions_of",
    "signed_in",
    "successors",
    "tokens_of",
    "unit",
    "unit_tree",
    "units_above",
    "units_by_id",
    "units_for",
    "units_of",
]
