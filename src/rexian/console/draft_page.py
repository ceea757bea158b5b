"""What every page of a draft shows: whose it is, what is wrong, what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rexian.console.finding_words import in_order, reason_of
from rexian.console.telling import instant, who
from rexian.dialogue.domain.rights import INSPECT
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest
from rexian.look.shapes import Crumb, Notice, Tone
from rexian.standard.domain.editing.comparing import Comparison
from rexian.standard.domain.editing.comparison_words import (
    say_element,
    say_parameter,
    say_part,
)
from rexian.standard.domain.editing.elements import find
from rexian.standard.domain.rights import PUBLISH
from rexian.standard.queries import Finding, Severity
from rexian.standard.queries.drafts import DraftShown, draft_findings

_LANGUAGES: Mapping[str, str] = {"zh": "zh-Hans"}
HOME = Crumb(mark("Standards"), "/standards/")
DONE = {
    "begun": mark("The draft is begun. Nothing of it judges until it is published."),
    "saved": mark("Saved, and looked over."),
    "undone": mark("The last change is undone."),
    "settled": mark("Noted as looked at."),
    "same": mark("Nothing was changed."),
}
NOTES = {
    "took": mark(
        "What was changed stands in a standard that this one builds on: it was taken over into "
        "this one, and changed here only."
    ),
    "set": mark("A parameter stands for this value: it is set wherever it stands."),
}


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding as a page shows it, with the address of the place where it is to be mended."""

    finding: Finding
    reason: str
    href: str
    is_error: bool


def page_values(request: PageRequest, shown: DraftShown, here: str = "") -> dict[str, Any]:
    """Return the values that all pages of a draft share; ``here`` is the page's own title."""
    line = shown.line
    title = text_in(line.title, current_language()) or line.name
    lines = finding_lines(shown)
    draft = Crumb(title, reverse("console:draft", args=(line.id,)) if here else "")
    names = who([line.changed_by, line.begun_by], request)
    return {
        "draft": line,
        "shown": shown,
        "title": title,
        "errors": [one for one in lines if one.is_error],
        "warnings": [one for one in lines if not one.is_error],
        "changed": f"{instant(line.changed_at, request.person.time_zone)}",
        "changed_by": names.get(line.changed_by, ""),
        "may_publish": request.actor.may(PUBLISH),
        "may_replay": request.actor.may(INSPECT),
        "trail": (HOME, draft, Crumb(here)) if here else (HOME, draft),
        "notices": _notices(request),
    }


def finding_lines(shown: DraftShown) -> list[FindingLine]:
    """Return what is wrong with a draft, errors first, each with where to mend it."""
    return [
        FindingLine(one, reason_of(one), _address(shown, one), one.severity is Severity.ERROR)
        for one in in_order(draft_findings(shown.content))
    ]


def _address(shown: DraftShown, finding: Finding) -> str:
    address = reverse("console:draft-file", args=(shown.line.id, finding.file or "pack.yaml"))
    pack = "" if finding.pack == shown.content.own.name else f"?pack={finding.pack}"
    return f"{address}{pack}#line-{finding.line}"


def _notices(request: PageRequest) -> tuple[Notice, ...]:
    notes = tuple(
        Notice(NOTES[one], Tone.INFO) for one in request.GET.getlist("note") if one in NOTES
    )
    return (*notices_of(request, DONE), *notes)


@dataclass(frozen=True, slots=True)
class Changed:
    """What has changed in an element, in words."""

    title: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A comparison in words: parameters, then clause by clause, then the rest."""

    parameters: tuple[tuple[str, str], ...]
    clauses: tuple[tuple[str, tuple[Changed, ...]], ...]
    others: tuple[Changed, ...]
    comparison: Comparison


def told(comparison: Comparison) -> Told:
    """Return a comparison in the language of whoever looks."""
    language = current_language()

    def changed(changes: Any) -> tuple[Changed, ...]:
        return tuple(
            Changed(say_element(one, language), tuple(say_part(p, language) for p in one.parts))
            for one in changes
        )

    return Told(
        tuple((say_parameter(one, language), one.clause) for one in comparison.parameters),
        tuple((clause, changed(changes)) for clause, changes in comparison.clauses.items()),
        changed(comparison.others),
        comparison,
    )


def element_title(shown: DraftShown, section: str, element: str) -> str:
    """Return what an element is called: its title, else its id."""
    node = find(shown.content, section, element).node
    entries = node.value if isinstance(node.value, dict) else {}
    held = entries.get("title")
    if held is None:
        return element
    if not isinstance(held.value, dict):
        return str(held.value)
    texts = {_LANGUAGES.get(key, key): str(one.value) for key, one in held.value.items()}
    return text_in(texts, current_language()) or element
