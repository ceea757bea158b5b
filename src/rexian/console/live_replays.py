"""How a replay stands, kept up to date by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.console.replay_tables import progress_of
from rexian.dialogue import events
from rexian.dialogue.queries.replays import replay
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic

_READER = Actor.system("live")


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever may see the replay."""
    if not (key.isascii() and key.isdigit()):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    replay(int(key), actor=actor)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return how replays stand."""
    return {key: progress_of(replay(int(key), actor=_READER)) for key in keys}


add_topic(
    Topic(
        name="replay",
        events=frozenset(
            one.name
            for one in (
                events.ReplayStarted,
                events.ReplayAdvanced,
                events.ReplayDone,
                events.ReplayCancelled,
            )
        ),
        may_watch=_may_watch,
        states=_states,
        template="console/standard_replay_progress.html",
    )
)
