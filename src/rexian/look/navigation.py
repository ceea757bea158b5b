"""The sections that a person can go to; each face adds its own when it is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from rexian.kernel.authority import Actor
from rexian.look.shapes import NavigationItem


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the navigation: ``title`` a message, ``page`` the name of its first page.

    ``right`` is what one must have to be shown it; ``key`` is the letter that goes there after g.
    """

    order: int
    title: str
    page: str
    right: str
    key: str
    icon: str


_sections: dict[str, Section] = {}


def add_section(section: Section) -> None:
    """Add a section to everybody's navigation who has the right."""
    _sections[section.page] = section


def sections() -> tuple[Section, ...]:
    """Return all sections in their order."""
    return tuple(sorted(_sections.values(), key=lambda one: one.order))


def navigation_for(actor: Actor, path: str) -> tuple[NavigationItem, ...]:
    """Return the sections that the actor may go to, with the one at ``path`` marked."""
    reachable = [(one, reverse(one.page)) for one in sections() if actor.may(one.right)]
    return tuple(
        NavigationItem(
            title=one.title, href=href, icon=one.icon, key=one.key, current=path.startswith(href)
        )
        for one, href in reachable
    )
