"""A contact's lines as the evaluator hears them, one after the other, while the contact lasts.

Pure: what was fed line by line and what is replayed from the whole transcript come to the same.
Turns are numbered by the ``seq`` of their lines, and seconds count from the arrival of the contact.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from rexian.contacts.domain.lines import Audience, Line
from rexian.contacts.domain.lines import Speaker as Side
from rexian.dialogue.domain.honesty import softened
from rexian.standard.domain.evaluator.evaluation import feed, start
from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Event, Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.standards import Standard
from rexian.standard.domain.verdicts import Outcome, Verdict

FORM = 2
"""Counted up where the evaluator's state means something else than before."""

_SIDES = {
    Side.AGENT: Speaker.AGENT,
    Side.CUSTOMER: Speaker.CUSTOMER,
    Side.SYSTEM: Speaker.SYSTEM,
    Side.UNKNOWN: Speaker.UNKNOWN,
}
_SIGNALS = {one.value: one for one in SignalName}
_TO_WATCH = (Outcome.MISSED, Outcome.SUSPECT)

Suspicion = tuple[str, str, str, tuple[int, ...]]
"""Clause, rule, outcome and turns of a miss or a suspicion."""


@dataclass(frozen=True, slots=True)
class Session:
    """How far the evaluator has come: its state, the last line that it heard, what it suspects.

    ``doubted`` are the rules whose misses are suspicions, from its beginning to its end.
    """

    state: State
    seq: int = 0
    suspicions: tuple[Suspicion, ...] = ()
    doubted: frozenset[str] = frozenset()


def begin(standard: Standard, facts: Facts, doubted: frozenset[str] = frozenset()) -> Session:
    """Return the session of a contact in which nothing has happened yet."""
    return Session(start(standard, facts), doubted=doubted)


def hear(
    standard: Standard, session: Session, lines: Iterable[Line], *, begun_at: datetime
) -> Session:
    """Return the session after more lines."""
    state, seq, found = session.state, session.seq, list(session.suspicions)
    for line in lines:
        seq = line.seq
        event = as_event(line, begun_at=begun_at)
        if event is None:
            continue
        state, _, verdicts = feed(standard, state, event)
        told = softened(verdicts, session.doubted)
        found += [_suspicion(one) for one in told if one.outcome in _TO_WATCH]
    return Session(state, seq, tuple(found), session.doubted)


def as_event(line: Line, *, begun_at: datetime) -> Event | None:
    """Return what the evaluator hears of a line, if it hears it at all.

    What only those who work here see is not part of the conversation, and words that nobody typed
    are nobody's. A file without a word is a sign of life from a customer; from an agent it is none
    of the words that a standard waits for.
    """
    if line.audience is Audience.AGENTS:
        return None
    by, seconds = _SIDES[line.speaker], seconds_of(line.at, begun_at=begun_at)
    if line.signal is not None:
        name = _SIGNALS.get(line.signal.value)
        return Signal(name, seconds, by) if name else None
    if line.automatic or by is Speaker.SYSTEM or (by is Speaker.AGENT and not line.text.strip()):
        return None
    return Turn(line.seq, by, line.text, seconds, seconds)


def as_events(lines: Iterable[Line], *, begun_at: datetime) -> list[Event]:
    """Return what the evaluator hears of a transcript."""
    events = (as_event(line, begun_at=begun_at) for line in lines)
    return [one for one in events if one is not None]


def seconds_of(at: datetime, *, begun_at: datetime) -> float:
    """Return an instant as the evaluator counts it: never before the contact has begun."""
    return max(0.0, (at - begun_at).total_seconds())


def instant_of(seconds: float, *, begun_at: datetime) -> datetime:
    """Return the instant that is meant by seconds from the start."""
    return begun_at + timedelta(seconds=seconds)


@lru_cache(maxsize=32)
def fingerprint(standard: Standard) -> str:
    """Return what tells whether a state that was kept still means the same to this program.

    A state names acts and scenes by their numbers, and a newer program may number them anew.
    """
    acts = [name for name, _ in sorted(standard.book.numbers.items(), key=lambda one: one[1])]
    rules = [rule.id for rule in standard.pack.rules()]
    told = json.dumps([FORM, standard.content_hash, acts, rules])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def written(session: Session) -> bytes:
    """Return a session as bytes."""
    plain = {
        "state": session.state.to_json(),
        "seq": session.seq,
        "suspicions": session.suspicions,
        "doubted": sorted(session.doubted),
    }
    return zlib.compress(json.dumps(plain, separators=(",", ":")).encode("ascii"), 1)


@lru_cache(maxsize=512)
def read(content: bytes) -> Session:
    """Return the session that ``written`` wrote; the same bytes are read once.

    Nobody changes what was read: what is heard next is heard by a copy.
    """
    plain: dict[str, Any] = json.loads(zlib.decompress(content))
    found = [
        (clause, rule, said, tuple(turns)) for clause, rule, said, turns in plain["suspicions"]
    ]
    doubted = frozenset(plain.get("doubted", ()))
    return Session(State.from_json(plain["state"]), plain["seq"], tuple(found), doubted)


def _suspicion(verdict: Verdict) -> Suspicion:
    return verdict.clause, verdict.rule, verdict.outcome.value, verdict.turns
