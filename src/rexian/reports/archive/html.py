"""Write a replay as one page that opens offline: figures, clauses, conversations that change."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from importlib.resources import files
from typing import BinaryIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from rexian.kernel.language import translate
from rexian.reports.archive.told import Told, place_of, reason_of, shards_missing, summary, titled
from rexian.reports.inspection.cleaning import visible
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.html.rendering import asset, digest
from rexian.reports.inspection.replay_words import outcome_of
from rexian.standard.domain.verdicts import Outcome


def write(told: Told, target: BinaryIO, *, language: str, at: datetime) -> None:
    """Write the page; ``at`` is its date."""
    style = asset("report.css") + _own_style()
    steps = list(told.steps(language))
    page = _environment(language).get_template("replay.html")
    words = page.render(
        told=told,
        style=style,
        style_hash=digest(style),
        date=f"{at:%Y-%m-%d %H:%M}",
        title=" → ".join(titled(one, language) for one in told.standards),
        summary=summary(told, language),
        steps=steps,
        tone_of={outcome_of(one.value, language): one.value for one in Outcome},
        missing=shards_missing(told.ruined, language),
    )
    target.write(words.encode("utf-8", "replace"))


def _own_style() -> str:
    return (files(__package__) / "assets" / "replay.css").read_text("utf-8")


def _environment(language: str) -> Environment:
    made = Environment(
        loader=PackageLoader("rexian.reports.archive"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(score=score, visible=visible)
    made.globals.update(
        language=language,
        translate=partial(_translated, language),
        outcome_of=partial(outcome_of, language=language),
        place_of=place_of,
        reason_of=partial(reason_of, language=language),
    )
    return made


def _translated(language: str, message: str, **values: object) -> str:
    return translate(message, language, **values)
