"""What happens to organisations, units and people; in ids and codes, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rexian.journal.domain.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFounded(Event):
    """An organisation exists."""

    name: ClassVar[str] = "org.organisation_founded"
    noun: ClassVar[str] = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanged(Event):
    """An organisation's settings are others now; ``changed`` names them."""

    name: ClassVar[str] = "org.organisation_changed"
    noun: ClassVar[str] = "organisation"
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrationOpened(Event):
    """Everybody in an organisation has the demonstration's password."""

    name: ClassVar[str] = "org.demonstration_opened"
    noun: ClassVar[str] = "organisation"


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterCarriedOut(Event):
    """A workbook of units and people was carried out, with so many changes."""

    name: ClassVar[str] = "org.roster_carried_out"
    noun: ClassVar[str] = "organisation"
    units: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUnitOpened(Event):
    """The unit exists that all others of an organisation are below."""

    name: ClassVar[str] = "org.top_unit_opened"
    noun: ClassVar[str] = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOpened(Event):
    """A unit exists, below ``parent``."""

    name: ClassVar[str] = "org.unit_opened"
    noun: ClassVar[str] = "unit"
    parent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitChanged(Event):
    """A unit's code, name or tier is another now; ``changed`` names which."""

    name: ClassVar[str] = "org.unit_changed"
    noun: ClassVar[str] = "unit"
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoved(Event):
    """A unit, with all below it, has left one parent for another."""

    name: ClassVar[str] = "org.unit_moved"
    noun: ClassVar[str] = "unit"
    from_parent: int | None
    to_parent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitClosed(Event):
    """A unit is no more."""

    name: ClassVar[str] = "org.unit_closed"
    noun: ClassVar[str] = "unit"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonJoined(Event):
    """Somebody belongs to a unit from now on."""

    name: ClassVar[str] = "org.person_joined"
    noun: ClassVar[str] = "person"
    unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Something written down of a person is otherwise now; ``changed`` names it."""

    name: ClassVar[str] = "org.person_changed"
    noun: ClassVar[str] = "person"
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAppointed(Event):
    """Somebody holds a role in a unit."""

    name: ClassVar[str] = "org.person_appointed"
    noun: ClassVar[str] = "person"
    unit: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRelieved(Event):
    """Somebody holds a role in a unit no longer."""

    name: ClassVar[str] = "org.person_relieved"
    noun: ClassVar[str] = "person"
    unit: int
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved(Event):
    """Somebody belongs to another unit."""

    name: ClassVar[str] = "org.person_moved"
    noun: ClassVar[str] = "person"
    from_unit: int
    to_unit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Event):
    """Somebody has left the organisation."""

    name: ClassVar[str] = "org.person_left"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingsHandedOver(Event):
    """What somebody held open of one kind is another's now."""

    name: ClassVar[str] = "org.holdings_handed_over"
    noun: ClassVar[str] = "person"
    successor: int
    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkGiven(Event):
    """An administrator has taken a link for somebody's password, to hand it out."""

    name: ClassVar[str] = "org.password_link_given"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLinkAsked(Event):
    """Somebody has asked for a link by mail, since they forgot their password."""

    name: ClassVar[str] = "org.password_link_asked"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody has a new password; ``by`` is ``link``, ``password`` (their own) or ``manager``."""

    name: ClassVar[str] = "org.password_changed"
    noun: ClassVar[str] = "person"
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSignedIn(Event):
    """Somebody is signed in; ``session`` is the number of the session that began."""

    name: ClassVar[str] = "org.person_signed_in"
    noun: ClassVar[str] = "person"
    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded(Event):
    """Somebody is signed out of one session, by themselves or by an administrator."""

    name: ClassVar[str] = "org.session_ended"
    noun: ClassVar[str] = "person"
    session: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLocked(Event):
    """Nobody can sign in as somebody for some minutes, after ``failures`` in a row."""

    name: ClassVar[str] = "org.sign_in_locked"
    noun: ClassVar[str] = "person"
    kind: str
    failures: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLocked(Event):
    """An address, or a name that nobody has, is locked; its subject is a digest of either."""

    name: ClassVar[str] = "org.key_locked"
    noun: ClassVar[str] = "key"
    kind: str
    failures: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInUnlocked(Event):
    """An administrator has let somebody try again at once."""

    name: ClassVar[str] = "org.sign_in_unlocked"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorAdded(Event):
    """Somebody signs in with a code from their telephone from now on."""

    name: ClassVar[str] = "org.second_factor_added"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorRemoved(Event):
    """Somebody signs in without a code again."""

    name: ClassVar[str] = "org.second_factor_removed"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCodesMade(Event):
    """Somebody has new backup codes; earlier ones are void."""

    name: ClassVar[str] = "org.backup_codes_made"
    noun: ClassVar[str] = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupCodeUsed(Event):
    """Somebody has signed in with a backup code; so many are ``left``."""

    name: ClassVar[str] = "org.backup_code_used"
    noun: ClassVar[str] = "person"
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenMade(Event):
    """Somebody lets a machine act for them, within ``scopes``."""

    name: ClassVar[str] = "org.token_made"
    noun: ClassVar[str] = "person"
    token: int
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """A token is good no longer."""

    name: ClassVar[str] = "org.token_revoked"
    noun: ClassVar[str] = "person"
    token: int
