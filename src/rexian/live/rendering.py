"""How watched things look now, as the events that are sent: read once, written once a language."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Collection, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils import translation

from rexian.live.domain.topics import Topic, Watch, topic_named

logger = logging.getLogger(__name__)

_REMEMBERED = 256
_FRESH = 1.0

States = Mapping[str, Mapping[str, Any]]
Frames = dict[tuple[Watch, str], bytes]


class Painter:
    """Makes frames, and keeps the last of them for a second, for others who ask for the same.

    When a server is back, thousands come at once, and many of them watch the same. Only one thread
    asks a painter.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[Watch, str], tuple[int, float, bytes]] = {}

    def frames(
        self, changes: Mapping[Watch, int], languages: Mapping[Watch, Collection[str]]
    ) -> Frames:
        """Return the event for each change in each language that is wanted of it."""
        now = time.monotonic()
        asked = {(watch, language) for watch in changes for language in languages.get(watch, ())}
        found: Frames = {}
        for one in asked:
            entry_id, until, frame = self._kept.get(one, (-1, now, b""))
            if entry_id == changes[one[0]] and until > now:
                found[one] = frame
        missing = frames_of(changes, _by_watch(asked - found.keys()))
        for one, frame in missing.items():
            self._kept.pop(one, None)
            self._kept[one] = changes[one[0]], now + _FRESH, frame
        for oldest in list(self._kept)[:-_REMEMBERED]:
            del self._kept[oldest]
        return found | missing


def frames_of(changes: Mapping[Watch, int], languages: Mapping[Watch, Collection[str]]) -> Frames:
    """Return the event for each change in each language that is wanted of it.

    What nobody wants is not read. A topic that cannot say how it looks leaves a hole, and does not
    keep others from being told.
    """
    wanted: dict[str, list[Watch]] = {}
    for watch in changes:
        if languages.get(watch):
            wanted.setdefault(watch.topic, []).append(watch)
    found: Frames = {}
    for name, watches in wanted.items():
        topic = topic_named(name)
        if topic is None:
            continue
        try:
            states = topic.states([watch.key for watch in watches])
            for watch in watches:
                found |= _in_languages(topic, watch, changes[watch], states, languages[watch])
        except Exception:  # the edge of a process: one topic's bug is not everybody's
            logger.exception("The topic %s cannot be shown.", name)
    return found


def fragment(topic: Topic, key: str, state: Mapping[str, Any] | None, language: str) -> str:
    """Return the content of an element that shows a state, nothing for what is gone."""
    if state is None:
        return ""
    with translation.override(language.lower()):
        return get_template(topic.template).render({**state, "key": key, "language": language})


def event(name: str, data: Any) -> bytes:
    """Return an event of a stream; JSON writes line breaks as escapes, so data are one line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()


def _in_languages(
    topic: Topic, watch: Watch, entry_id: int, states: States, languages: Collection[str]
) -> Frames:
    told = {"id": entry_id, "topic": topic.name, "key": watch.key}
    state = states.get(watch.key)
    if not topic.template:
        return dict.fromkeys(
            ((watch, language) for language in languages), event("change", told | {"state": state})
        )
    return {
        (watch, language): event(
            "change", told | {"html": fragment(topic, watch.key, state, language)}
        )
        for language in languages
    }


def _by_watch(asked: Collection[tuple[Watch, str]]) -> dict[Watch, list[str]]:
    found: dict[Watch, list[str]] = {}
    for watch, language in asked:
        found.setdefault(watch, []).append(language)
    return found
