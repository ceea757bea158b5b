"""How watched things look now, as the events that are sent: read once, written once a language."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from django.template.loader import get_template
from django.utils import translation

from rexian.live.domain.topics import Topic, Watch, topic_named

logger = logging.getLogger(__name__)


def frames_of(
    changes: Mapping[Watch, int], languages: Collection[str]
) -> dict[tuple[Watch, str], bytes]:
    """Return the event for each change in each language.

    A topic that cannot say how it looks leaves a hole, and does not keep others from being told.
    """
    keys: dict[str, list[str]] = {}
    for watch in changes:
        keys.setdefault(watch.topic, []).append(watch.key)
    found: dict[tuple[Watch, str], bytes] = {}
    for name, wanted in keys.items():
        topic = topic_named(name)
        if topic is None:
            continue
        try:
            states = topic.states(wanted)
            for language in languages:
                found |= _in_language(topic, states, changes, wanted, language)
        except Exception:  # the edge of a process: one topic's bug is not everybody's
            logger.exception("The topic %s cannot be shown.", name)
    return found


def fragment(topic: Topic, key: str, state: Mapping[str, Any] | None, language: str) -> str:
    """Return the content of an element that shows a state, nothing for what is gone."""
    if state is None:
        return ""
    with translation.override(language.lower()):
        return get_template(topic.template).render({**state, "key": key, "language": language})


def _in_language(
    topic: Topic,
    states: Mapping[str, Mapping[str, Any]],
    changes: Mapping[Watch, int],
    wanted: Collection[str],
    language: str,
) -> dict[tuple[Watch, str], bytes]:
    found = {}
    for key in wanted:
        watch, state = Watch(topic.name, key), states.get(key)
        told: dict[str, Any] = {"id": changes[watch], "topic": topic.name, "key": key}
        if topic.template:
            told["html"] = fragment(topic, key, state, language)
        else:
            told["state"] = state
        found[watch, language] = event("change", told)
    return found


def event(name: str, data: Any) -> bytes:
    """Return an event of a stream; JSON writes line breaks as escapes, so data are one line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {name}\ndata: {text}\n\n".encode()
