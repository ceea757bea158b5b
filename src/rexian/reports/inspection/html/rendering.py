"""Fill in the templates, with everything escaped that is not markup of our own."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from rexian.kernel.language import mark, translate
from rexian.reports.inspection.figures import percent, score
from rexian.reports.inspection.findings import FOLDED, SHOWN
from rexian.reports.inspection.words import SIGNS, outcome_word, speaker_word
from rexian.standard.domain.events import Speaker

_LANES = {"customer": 14, "agent": 30, "system": 22, "unknown": 22}
_SHAPES = {
    "ring": "M0 14v5",
    "answer": "M0 13v28",
    "transfer": "M0 13v28M-3 17l3-4l3 4",
    "hang_up customer": "M-6 16h6v6h-6z",
    "hang_up agent": "M-6 32h6v6h-6z",
    "hang_up system": "M-6 24h6v6h-6z",
    "hang_up unknown": "M-6 24h6v6h-6z",
    "pin missed": "M-3.5 2l7 7m0-7l-7 7",
    "pin suspect": "M-3 4a3 3 0 1 1 3 3v1.5m0 2v1",
}
_KEYS = (
    (("j", "k"), mark("next, previous conversation")),
    (("n", "p"), mark("next, previous finding")),
    (("/",), mark("search")),
    (("x",), mark("pick this conversation, for a list or for print")),
    (("f",), mark("only with faults, or all")),
    (("Esc",), mark("close, leave the search")),
    (("?",), mark("this help")),
)


def environment(language: str) -> Environment:
    """Return the templates of the report, speaking ``language``."""
    made = Environment(
        loader=PackageLoader("rexian.reports.inspection.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(score=score, percent=percent, urlencode=_urlencode)
    made.globals.update(
        translate=partial(_translated, language),
        language=language,
        signs=SIGNS,
        outcomes=(*SHOWN, *FOLDED),
        shown=SHOWN,
        folded=FOLDED,
        lanes=_LANES,
        shapes=_SHAPES,
        keys=[(keys, translate(meaning, language)) for keys, meaning in _KEYS],
        outcome_word=partial(outcome_word, language=language),
        speaker_word=lambda speaker: speaker_word(Speaker(speaker), language),
        in_report=True,
        clause_address=no_address,
    )
    return made


def no_address(standard: str, clause: str) -> str:
    """Return no address for any clause: a file has no book beside it."""
    del standard, clause
    return ""


def asset(name: str) -> Markup:
    """Return a style sheet or a script of ours, to stand in the page as it is."""
    return Markup((files(__package__) / "assets" / name).read_text("utf-8"))  # noqa: S704


def digest(text: str) -> str:
    """Return what a Content Security Policy names a style or a script by."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _translated(language: str, message: str, **values: object) -> str:
    return translate(message, language, **values)


def _urlencode(values: Mapping[str, str]) -> str:
    return urlencode(values)
