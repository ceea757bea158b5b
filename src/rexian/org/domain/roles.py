"""The roles that people hold in units, and the rights that each role gives there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from rexian.kernel.language import mark
from rexian.org.domain.tree import depth


class Role(StrEnum):
    """What somebody does in a unit; one person may hold several, in several units."""

    AGENT = "agent"
    TEAM_LEADER = "team_leader"
    DUTY_LEADER = "duty_leader"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    CALLBACK_AGENT = "callback_agent"
    INSPECTOR = "inspector"
    ASSESSOR = "assessor"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.AGENT: mark("Agent"),
    Role.TEAM_LEADER: mark("Team leader"),
    Role.DUTY_LEADER: mark("Duty leader"),
    Role.DISPATCHER: mark("Dispatcher"),
    Role.HANDLER: mark("Handler"),
    Role.CALLBACK_AGENT: mark("Callback agent"),
    Role.INSPECTOR: mark("Inspector"),
    Role.ASSESSOR: mark("Assessor"),
    Role.MANAGER: mark("Manager"),
    Role.ADMINISTRATOR: mark("Administrator"),
}

# Everybody answers for the standard, and has to know what is put up for them.
_EVERYBODY = frozenset({"notices.read", "places.read", "standard.read"})

_SUPERVISOR = frozenset(
    {
        "cases.call",
        "cases.dispatch",
        "cases.export",
        "cases.handle",
        "cases.identify",
        "cases.see",
        "cases.supervise",
        "cases.take",
        "contacts.intervene",
        "contacts.manage",
        "contacts.serve",
        "contacts.watch",
        "dialogue.read",
        "knowledge.share",
        "knowledge.use",
        "notices.post",
        "org.see",
        "speech.listen",
    }
)

RIGHTS: Mapping[Role, frozenset[str]] = {
    Role.AGENT: _EVERYBODY
    | {"cases.identify", "cases.see", "cases.take", "contacts.serve", "knowledge.use"},
    Role.TEAM_LEADER: _EVERYBODY | _SUPERVISOR,
    Role.DUTY_LEADER: _EVERYBODY | _SUPERVISOR,
    Role.DISPATCHER: _EVERYBODY
    | {"cases.dispatch", "cases.handle", "cases.identify", "cases.see", "cases.take"}
    | {"org.see", "notices.post", "contacts.watch"},
    Role.HANDLER: _EVERYBODY | {"cases.handle", "cases.see"},
    Role.CALLBACK_AGENT: _EVERYBODY
    | {"cases.call", "cases.identify", "cases.see", "cases.take"}
    | {"contacts.serve", "knowledge.use"},
    Role.INSPECTOR: _EVERYBODY
    | {"cases.identify", "cases.see", "org.see"}
    | {"dialogue.read", "dialogue.inspect", "dialogue.review"}
    | {"quality.answer", "quality.sample"}
    | {"speech.listen", "speech.send"}
    | {"standard.draft", "standard.publish"},
    Role.ASSESSOR: _EVERYBODY | {"cases.identify", "cases.see", "org.see", "dialogue.read"},
    Role.MANAGER: _EVERYBODY
    | {"cases.dispatch", "cases.export", "cases.handle", "cases.identify", "cases.see"}
    | {"cases.supervise"}
    | {"org.see", "dialogue.read", "dialogue.inspect", "standard.draft", "standard.publish"}
    | {
        "journal.read",
        "notices.post",
        "contacts.watch",
        "contacts.manage",
        "places.manage",
        "dialogue.review",
        "quality.answer",
        "quality.sample",
        "speech.keep",
        "speech.listen",
        "speech.send",
    },
    Role.ADMINISTRATOR: _EVERYBODY
    | {"contacts.manage", "places.manage"}
    | {"org.see", "org.manage", "standard.draft", "standard.publish"}
    | {"journal.read", "clockwork.tend"},
}


RIGHT_NAMES: Mapping[str, str] = {
    "cases.call": mark("Call customers back on cases"),
    "cases.dispatch": mark("Send cases to units and call in helpers"),
    "cases.export": mark("Take lists of cases out as files"),
    "cases.handle": mark("Sign for cases and bring them on"),
    "cases.identify": mark("See who the customer of a case is"),
    "cases.see": mark("See the cases of a unit"),
    "cases.supervise": mark("Approve, reassign and arbitrate cases"),
    "cases.take": mark("Take, press and add to cases"),
    "clockwork.tend": mark("Tend to parked work"),
    "contacts.intervene": mark("Whisper to agents and take contacts over"),
    "contacts.manage": mark("Set up hotlines and who serves them"),
    "contacts.serve": mark("Serve customers at the desk"),
    "contacts.watch": mark("See who is ready and read along"),
    "dialogue.inspect": mark("Have conversations inspected"),
    "dialogue.read": mark("Read conversations and inspections"),
    "dialogue.review": mark("Confirm, reject or change findings"),
    "journal.read": mark("Read the journal"),
    "knowledge.share": mark("Share phrases with a unit"),
    "knowledge.use": mark("Use phrases, and keep own ones"),
    "notices.post": mark("Put up notices"),
    "notices.read": mark("Read notices"),
    "org.manage": mark("Manage units and people"),
    "org.see": mark("See units and people"),
    "places.manage": mark("Keep the list of roads and points"),
    "places.read": mark("Look places up"),
    "quality.answer": mark("Listen to sampled contacts, blind"),
    "quality.sample": mark("Draw samples and see how far machine and people agree"),
    "speech.keep": mark("Say how long recordings are kept"),
    "speech.listen": mark("Listen to recordings"),
    "speech.send": mark("Send recordings in and have them heard"),
    "standard.draft": mark("Write drafts of standards"),
    "standard.publish": mark("Publish standards"),
    "standard.read": mark("Read standards"),
}


# What these are about is the whole organisation's: they come only with a post at its top, or
# whoever administers a station would publish the organisation's standard.
OF_THE_WHOLE = frozenset(
    {"clockwork.tend", "journal.read", "places.manage", "speech.keep", "standard.publish"}
)

# Conversations do not know units yet: whoever may read some reads all. So these rights hold with a
# post in any unit, and only who manages the top appoints somebody to a role that gives them.
OVER_ALL_CONVERSATIONS = frozenset(
    {"dialogue.inspect", "dialogue.read", "dialogue.review"} | {"quality.answer", "quality.sample"}
)


def is_appointed_at_the_top(role: Role) -> bool:
    """Tell whether a role, in whatever unit, is given only by who manages the whole."""
    return bool(RIGHTS[role] & OVER_ALL_CONVERSATIONS)


def right_title(right: str) -> str:
    """Return what a right is called, as a message; one without a name is called by its code."""
    return RIGHT_NAMES.get(right, right)


def roles_with(right: str) -> frozenset[Role]:
    """Return the roles that give a right."""
    return frozenset(role for role, given in RIGHTS.items() if right in given)


def grants_of(posts: Iterable[tuple[Role, str]]) -> dict[str, frozenset[str]]:
    """Return for each right the paths of the units where the posts (role, unit's path) give it."""
    grants: dict[str, set[str]] = {}
    for role, path in posts:
        for right in RIGHTS[role] - (OF_THE_WHOLE if depth(path) else frozenset()):
            grants.setdefault(right, set()).add(path)
    return {right: frozenset(paths) for right, paths in grants.items()}
