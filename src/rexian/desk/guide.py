"""The guide as the page shows it: one piece of advice, the step that runs, how it may end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from rexian.contacts.queries import ContactShown, hotline
from rexian.desk.shapes import plain
from rexian.dialogue.queries.live import guide_beside
from rexian.kernel.authority import Actor
from rexian.kernel.language import DEFAULT
from rexian.org.queries import agent_numbers_of, languages_of

_READER = Actor.system("desk")


def guide_shapes(
    contacts: Collection[ContactShown], *, at: datetime
) -> Mapping[int, dict[str, Any]]:
    """Return what the standard says of some contacts now, in the languages of those who serve."""
    agents = {one.agent for one in contacts if one.agent is not None}
    numbers, spoken = agent_numbers_of(agents), languages_of(agents)
    hotlines = {one: hotline(one, actor=_READER) for one in {each.hotline for each in contacts}}
    return {
        one.id: plain(
            guide_beside(
                one,
                at=at,
                language=spoken.get(one.agent or 0, DEFAULT),
                hotline=hotlines[one.hotline],
                agent_number=numbers.get(one.agent or 0, ""),
            )
        )
        for one in contacts
    }
