"""What an entry says in words: a sentence for each event, made when it is shown.

Contexts and faces declare the sentences. A sentence names in braces what it tells: ``{subject}``,
``{actor}`` and the event's own particulars. Ids become names where somebody knows them (``names``),
codes become words where they were declared; else both stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark, translate

_UNTOLD = mark("{event}: {subject}")
_MACHINE = mark("the system")

_sentences: dict[str, str] = {}
_nouns: dict[str, str] = {}
_words: dict[str, Mapping[str, str]] = {}


def tell(sentences: Mapping[str, str]) -> None:
    """Declare the sentences of events, as messages by the events' names."""
    _sentences.update(sentences)


def refer(nouns: Mapping[str, str]) -> None:
    """Declare which particulars are ids, and of what: ``successor`` of a ``person``."""
    _nouns.update(nouns)


def word(field: str, words: Mapping[str, str]) -> None:
    """Declare what the codes of a particular are called, as messages."""
    _words[field] = {**_words.get(field, {}), **words}


def told_events() -> frozenset[str]:
    """Return the names of the events that have a sentence."""
    return frozenset(_sentences)


def references(entry: Entry) -> frozenset[str]:
    """Return the codes, such as ``person:12``, whose names the sentence would like to know."""
    own = {f"{_nouns[field]}:{value}" for field, value in entry.data.items() if field in _nouns}
    about = entry.data.get("about")
    return frozenset(own | {entry.subject, entry.actor} | ({str(about)} if about else set()))


def sentence_of(entry: Entry, names: Mapping[str, str], language: str) -> str:
    """Return what happened, in the reader's language; an event without a sentence by its name."""
    values = {
        "subject": names.get(entry.subject, entry.subject),
        "actor": actor_name(entry.actor, names, language),
        "event": entry.name,
        **{field: _shown(field, value, names, language) for field, value in entry.data.items()},
    }
    try:
        return translate(_sentences.get(entry.name, _UNTOLD), language, **values)
    except (KeyError, IndexError, ValueError):
        return translate(_UNTOLD, language, **values)  # an entry from before the event had it


def actor_name(code: str, names: Mapping[str, str], language: str) -> str:
    """Return who acted: a name, the machine, or the code of somebody who cannot be named."""
    if code in names:
        return names[code]
    return translate(_MACHINE, language) if code.startswith("system:") else code


def _shown(field: str, value: Any, names: Mapping[str, str], language: str) -> str:
    if isinstance(value, list | tuple):
        between = "、" if language.startswith("zh") else ", "
        return between.join(_shown(field, one, names, language) for one in value)
    if field in _nouns:
        return names.get(f"{_nouns[field]}:{value}", "–" if value is None else str(value))
    if field == "about":
        return names.get(str(value), str(value))
    message = _words.get(field, {}).get(str(value))
    return translate(message, language) if message else str(value)
