"""Set one call as a part of a page: player, lanes, measures, what was said, what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from math import isfinite

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rexian.dialogue.domain.conversations import Conversation
from rexian.kernel.language import mark, translate
from rexian.reports.calls.findings import FAULTS, Arranged, CallFinding, arranged
from rexian.reports.calls.lanes import segments
from rexian.reports.calls.measures import measures_of
from rexian.reports.calls.overview import overview
from rexian.reports.calls.transcript import rows
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.figures import minutes
from rexian.reports.inspection.findings import FOLDED
from rexian.reports.inspection.words import SIGNS, outcome_word, speaker_word
from rexian.speech.domain.heard import HeardCall
from rexian.standard.domain.events import Speaker

SPEEDS = ("0.75", "1", "1.25", "1.5", "2")

_KEYS = (
    ((mark("Space"),), mark("play, pause")),
    (("←", "→"), mark("5 seconds back, ahead")),
    (("[", "]"), mark("slower, faster")),
    (("n", "p"), mark("next, previous finding")),
    (("1", "9"), mark("to finding 1 … 9")),
)
_BANDS = {
    "silence": mark("silence"),
    "held": mark("on hold"),
    "hold_on": mark("on hold"),
    "mute": mark("muted"),
    "ring": mark("ringing"),
    "music": mark("music"),
    "tone": mark("tone"),
    "overlap": mark("both speak"),
}


@dataclass(frozen=True, slots=True)
class Sound:
    """Where the sound of a call is to be had (an address, or all of it as a data address)."""

    address: str
    kind: str = ""


def call_view(
    heard: HeardCall,
    conversation: Conversation,
    findings: Sequence[CallFinding],
    *,
    language: str,
    sound: Sound | None = None,
    number: int = 1,
) -> Markup:
    """Return a call as markup for a page that has ``reports/conversation.css`` and ``call.css``.

    ``number`` makes its anchors unique on a page with several calls. Without ``sound`` there are
    lanes and words and nothing to play.
    """
    found = arranged(conversation, findings, number)
    drawn = list(segments(heard, conversation, found))
    pins = [pin for segment in drawn for pin in segment.pins]
    kinds = {band.kind for segment in drawn for band in segment.bands}
    values = {
        "n": number,
        "heard": heard,
        "sound": sound,
        "found": found,
        "segments": drawn,
        "levels": max((pin.level + 1 for pin in pins), default=0),
        "bands_shown": [kind for kind in _BANDS if kind in kinds],
        "doubts": any(turn.voice and turn.voice.doubtful for turn in conversation.turns),
        "overview": overview(heard, found),
        "rows": list(rows(heard, conversation, found, language)),
        "measures": measures_of(heard, conversation),
        "told": told(heard, found, language),
        "recogniser": one_line(heard.recogniser),
        "folded_counts": _folded(found),
    }
    return Markup(_templates(language).get_template("call.html").render(values))  # noqa: S704


def told(heard: HeardCall, found: Arranged, language: str) -> str:
    """Return the drawing in words, for those who do not see it."""
    say = partial(translate, language=language)
    quiet = [one.end - one.start for one in heard.silences if not one.held]
    parts = [say("lasts {time}", time=minutes(heard.format.duration))]
    if heard.interruptions:
        parts.append(say("interruptions: {count}", count=len(heard.interruptions)))
    if quiet:
        parts.append(say("longest silence: {seconds} s", seconds=round(max(quiet))))
    if found.to_hear:
        parts.append(say("findings: {count}", count=len(found.to_hear)))
    if not heard.says_something:
        parts = [parts[0], say("nobody speaks")]
    return " · ".join(parts)


def _folded(found: Arranged) -> dict[str, int]:
    said = [one.shown.outcome for one in found.folded]
    return {outcome: said.count(outcome) for outcome in FOLDED if outcome in said}


@cache
def _templates(language: str) -> Environment:
    made = Environment(
        loader=PackageLoader("rexian.reports.calls"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        minutes=minutes, whole=_whole, percent=_percent, decibel=_decibel, seconds=_seconds
    )
    made.globals.update(
        translate=partial(_translated, language),
        signs=SIGNS,
        faults=FAULTS,
        speeds=SPEEDS,
        keys=[
            ([translate(key, language) for key in keys], translate(meaning, language))
            for keys, meaning in _KEYS
        ],
        band_words={kind: translate(word, language) for kind, word in _BANDS.items()},
        outcome_word=partial(outcome_word, language=language),
        speaker_word=lambda speaker: speaker_word(Speaker(speaker), language),
    )
    return made


def _translated(language: str, message: str, **values: object) -> str:
    return translate(message, language, **values)


def _whole(value: float | None) -> str:
    return "–" if value is None or not isfinite(value) else f"{value:.0f}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _decibel(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} dB".replace("-", "−")


def _seconds(value: float) -> str:
    return f"{value:.1f}"
