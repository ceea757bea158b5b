"""What the organisation's services refuse; the list of these classes is the policy.

RexianError
├── Invalid    422
│   ├── WrongField          one field of a form cannot be as it is
│   └── WrongSignIn         no such name, or not its password, or not its code
├── Conflict   409
│   ├── Changed             what was to be changed has changed meanwhile
│   └── Taken               a code, a name or a number that is somebody else's
└── Refused    403
    ├── CircularMove        a unit cannot stand below itself
    ├── AppointedAtTheTop   a role that reaches beyond its unit is given by who manages the whole
    ├── UnitInUse           a unit with people or open units is not closed
    ├── LastAdministrator   somebody must be left who can manage the organisation
    ├── StillHolding        what somebody holds open must be handed over
    ├── SignInLocked        too many failed attempts
    ├── KnownPassword       a demonstration's password, from another computer
    └── LinkExpired         a link that was used, withdrawn, or is too old
"""

from __future__ import annotations

from rexian.kernel.errors import Conflict, Invalid, NotFound, Refused
from rexian.kernel.language import mark


class WrongField(Invalid):
    """One field that cannot be as it is; ``details["field"]`` says which (422)."""

    code = "wrong-field"


class WrongSignIn(Invalid):
    """A name, password or code that does not fit; it is not said which (422)."""

    code = "wrong-sign-in"


class Changed(Conflict):
    """A change of what somebody else has changed since it was looked at (409)."""

    code = "changed"

    def __init__(self) -> None:
        super().__init__(
            mark("Somebody has changed this meanwhile. Look at it again, and decide anew.")
        )


class Taken(Conflict):
    """A code, name or number that is somebody else's; ``details["field"]`` says which (409)."""

    code = "taken"


class CircularMove(Refused):
    """A unit moved below itself (403)."""

    code = "circular-move"


class AppointedAtTheTop(Refused):
    """A role that lets one read all conversations; a branch does not give it (403)."""

    code = "appointed-at-the-top"

    def __init__(self, role: str) -> None:
        super().__init__(
            mark(
                "This role reads the conversations of the whole organisation: only an "
                "administrator of the top unit gives it."
            ),
            role=role,
            field="role",
        )


class UnitInUse(Refused):
    """A unit that still has people, posts or open units is not closed (403)."""

    code = "unit-in-use"


class LastAdministrator(Refused):
    """The last one who can manage the organisation neither leaves nor is relieved (403)."""

    code = "last-administrator"

    def __init__(self) -> None:
        super().__init__(
            mark("This is the last administrator. Appoint another one first."),
        )


class StillHolding(Refused):
    """Somebody holds open what must be handed over first; ``details["held"]`` lists it (403)."""

    code = "still-holding"


class SignInLocked(Refused):
    """Too many attempts have failed; ``details["minutes"]`` says for how long to wait (403)."""

    code = "sign-in-locked"


class KnownPassword(Refused):
    """A demonstration's password, which anybody can read, used from another computer (403)."""

    code = "known-password"


class LinkExpired(Refused):
    """A link for a password that was used, withdrawn, or is too old (403)."""

    code = "link-expired"

    def __init__(self) -> None:
        super().__init__(mark("This link has been used or is too old. Ask for a new one."))


def nothing_there(code: str) -> NotFound:
    """Return what is raised for something that is not there, or not for this actor to see."""
    return NotFound(mark("There is nothing under {code}."), code=code)
