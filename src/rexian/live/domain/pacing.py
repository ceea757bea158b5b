"""What would be told too often is kept back for a while; the newest of it is told in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rexian.live.domain.topics import Watch, topic_named

NOTHING_OWED = 1 << 62
"""An id that no entry reaches."""


class Pacing:
    """Decides when a change of a topic with ``at_most_every`` is told.

    A change that is kept back is *owed*: the id of the newest entry that changed it. Nobody who
    watches it is given that id or a later one until they have been told, so that whoever breaks off
    meanwhile is told when they come back, here or by another process.
    """

    def __init__(self) -> None:
        self._owed: dict[Watch, int] = {}
        self._told_at: dict[Watch, float] = {}

    def let(self, changes: Mapping[Watch, int], now: float) -> dict[Watch, int]:
        """Return what is to be told now, in the order of ids; the rest is owed.

        What was owed and has become due is among it, and stays owed until it is ``settled``.
        """
        let: dict[Watch, int] = {}
        for watch, entry_id in {**self._owed, **changes}.items():
            every = _at_most_every(watch)
            if not every:
                let[watch] = entry_id
            elif now - self._told_at.get(watch, -every) >= every:
                let[watch], self._told_at[watch] = entry_id, now
            else:
                self._owed[watch] = entry_id
        return dict(sorted(let.items(), key=lambda one: one[1])) if self._owed else let

    def settle(self, watches: Iterable[Watch]) -> None:
        """Take note that all who watch these have been told."""
        for watch in watches:
            self._owed.pop(watch, None)

    def forget(self, watch: Watch) -> None:
        """Keep nothing of what nobody watches any more."""
        self._owed.pop(watch, None)
        self._told_at.pop(watch, None)

    def owed(self, watches: Iterable[Watch]) -> int:
        """Return the first id that may not be given to whoever watches these."""
        if not self._owed:
            return NOTHING_OWED
        return min((self._owed.get(one, NOTHING_OWED) for one in watches), default=NOTHING_OWED)


def _at_most_every(watch: Watch) -> float:
    topic = topic_named(watch.topic)
    return topic.at_most_every if topic else 0.0
