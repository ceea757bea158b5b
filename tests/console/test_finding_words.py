"""What is wrong with a draft is said in Chinese, and what has no sentence of its own as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from rexian.console.finding_words import _SENTENCES, reason_of
from rexian.standard.domain.pack.documents import Place
from rexian.standard.domain.pack.findings import Finding, Severity

DOMAIN = Path(__file__).parents[2] / "src" / "rexian" / "standard" / "domain" / "pack"


def said(reason: str, language: str = "en") -> str:
    """Return a finding's reason in a language."""
    finding = Finding(Place("rules.yaml", 3, "small"), Severity.ERROR, "greet", reason)
    with translation.override(language):
        return reason_of(finding)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "the example wants met, the rule says missed of '喂' (a word is forbidden)",
            "the example wants Met, the rule says Missed '喂'",
        ),
        (
            "the example wants silent, the rule says missed (x); missed (y)",
            "the example wants no verdict, the rule says Missed",
        ),
        (
            "there is no act 'gret'; did you mean 'greet'?",
            "there is no act gret (did you mean greet?)",
        ),
        ("no example shows it; wanted: met, missed", "no example shows it; wanted: Met、Missed"),
        ("what nobody has foreseen", "what nobody has foreseen"),
    ],
)
def test_a_reason_is_told_with_its_particulars(reason: str, told: str) -> None:
    assert said(reason) == told


def test_every_sentence_is_one_that_is_said() -> None:
    """A sentence that the domain no longer says would be translated for nobody."""
    source = "".join(path.read_text("utf-8") for path in DOMAIN.glob("*.py"))
    spoken = re.sub(r"\"\s+f?\"", "", source)
    for sentence in _SENTENCES:
        longest = max(re.split(r"\{\w+\}|[\"']", sentence), key=len).strip()
        assert longest in spoken, sentence
