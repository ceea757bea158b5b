"""The pages of a version beside its book, for whoever reads conversations."""

from __future__ import annotations

from django.urls import reverse

from rexian.dialogue.domain.rights import INSPECT, READ
from rexian.dialogue.queries.doubting import doubted_in_version
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tab
from rexian.standard.queries.published import VersionLine

BOOK, WORK, RULES = "standard", "standard-work", "standard-rules"


def standard_tabs(request: PageRequest, line: VersionLine, here: str) -> tuple[Tab, ...]:
    """Return the tabs of a version's pages; none for those who see its book alone.

    That of its rules tells how many of them are doubted.
    """
    if not request.actor.may(READ):
        return ()
    doubted = len(doubted_in_version(line.organisation_id, line.id, name=line.name))
    pages = (
        (BOOK, mark("The book"), None),
        (WORK, mark("The standard at work"), None),
        (RULES, mark("How far rules are trusted"), doubted or None),
    )
    tabs = [
        Tab(title, reverse(f"console:{name}", args=(line.id,)), name == here, count)
        for name, title, count in pages
    ]
    if request.actor.may(INSPECT):
        tabs.append(Tab(mark("Replays"), f"{reverse('console:new-replay')}?version={line.id}"))
    return tuple(tabs)
