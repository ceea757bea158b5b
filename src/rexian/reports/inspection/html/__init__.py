"""Write the report for inspectors: one file that opens offline, to read, to filter, to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO

from jinja2 import Environment
from markupsafe import Markup

from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.kernel.language import translate
from rexian.reports.calls.agreement import Hearing, no_truth
from rexian.reports.calls.inspected import InspectedCall
from rexian.reports.inspection.agreement import Truth, settled
from rexian.reports.inspection.citations import Citations, StandardTexts
from rexian.reports.inspection.cleaning import one_line
from rexian.reports.inspection.html.calls import Sounds, call_part, silent
from rexian.reports.inspection.html.conversation import ConversationPage, conversation_page
from rexian.reports.inspection.html.rendering import asset, digest, environment, no_address
from rexian.reports.inspection.html.summary import agreement_of, hearing_of, summary_of
from rexian.reports.inspection.problems import Problem, problem_line
from rexian.reports.inspection.tallies import Summary
from rexian.standard.domain.verdicts import Outcome

_IN_MEMORY = 64 * 1024 * 1024
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index at the side."""

    number: int
    id: str
    score: float | None
    counts: Counter[Outcome]


def write(  # noqa: PLR0913 - what a report is made of, each with a default
    inspected: Iterable[InspectedConversation],
    target: BinaryIO,
    *,
    language: str = "zh-Hans",
    standards: Mapping[str, StandardTexts] | None = None,
    truth: Truth | None = None,
    problems: Iterable[Problem] = (),
    at: datetime | None = None,
    title: str | None = None,
    sounds: Sounds = silent,
    hearing: Hearing = no_truth,
) -> None:
    """Write the page; ``at`` is its date, ``title`` its heading, ``sounds`` what calls play.

    Conversations are set one at a time into a temporary file, since the summary stands before
    them and needs them all: memory does not grow with their number.
    """
    citations = Citations(standards, language)
    templates = environment(language)
    templates.globals["citations"] = citations
    with SpooledTemporaryFile(
        _IN_MEMORY, "w+", encoding="utf-8", errors="replace", newline=""
    ) as spool:
        setting = _Setting(templates, citations, language, sounds)
        summary, entries = setting.set(inspected, spool)
        spool.seek(0)
        words: dict[str, Any] = {
            **summary_of(summary, citations),
            **agreement_of(settled(truth), language),
            "hearing": hearing_of(hearing(), language),
            **_assets(with_calls=setting.has_calls),
            "title": one_line(title or translate("Inspection report", language)),
            "date": f"{at:%Y-%m-%d %H:%M}" if at else "",
            "entries": entries,
            "problems": [problem_line(problem, language) for problem in problems],
            "chunks": _chunks(spool),
        }
        parts = templates.get_template("report.html").generate(words)
        target.writelines(part.encode("utf-8", "replace") for part in parts)


def conversation_part(
    inspected: InspectedConversation,
    *,
    language: str,
    standards: Mapping[str, StandardTexts],
    clause_address: Callable[[str, str], str],
) -> Markup:
    """Return one conversation as a part of a page that has ``reports/conversation.css``.

    ``clause_address`` tells where a clause of a standard can be read. Its findings are ``#n1-1``
    and so on, and their words in what was said ``#w1-1``.
    """
    templates = environment(language)
    citations = Citations(standards, language)
    templates.globals.update(citations=citations, clause_address=clause_address, in_report=False)
    setting = _Setting(templates, citations, language, silent, clause_address)
    return setting.part(inspected, 1)


class _Setting:
    """Sets conversations one after another, and notes whether there were calls among them."""

    def __init__(
        self,
        templates: Environment,
        citations: Citations,
        language: str,
        sounds: Sounds,
        clause_address: Callable[[str, str], str] = no_address,
    ) -> None:
        self._templates, self._citations = templates, citations
        self._language, self._sounds = language, sounds
        self._clause_address = clause_address
        self.has_calls = False

    def set(
        self, inspected: Iterable[InspectedConversation], spool: IO[str]
    ) -> tuple[Summary, list[Entry]]:
        """Write each conversation's part of the page, and return what the rest of it needs."""
        summary, entries = Summary(), list[Entry]()
        for number, conversation in enumerate(inspected, 1):
            page = conversation_page(conversation, number, self._language)
            summary.add(conversation)
            entries.append(Entry(number, page.id, page.score, page.counts))
            spool.write(self._rendered(conversation, page))
        return summary, entries

    def part(self, inspected: InspectedConversation, number: int) -> Markup:
        """Return one conversation, which is escaped already."""
        page = conversation_page(inspected, number, self._language)
        return Markup(self._rendered(inspected, page))  # noqa: S704

    def _rendered(self, inspected: InspectedConversation, page: ConversationPage) -> str:
        call = None
        if isinstance(inspected, InspectedCall):
            self.has_calls = True
            call = call_part(
                inspected,
                citations=self._citations,
                sounds=self._sounds,
                number=page.number,
                language=self._language,
                clause_address=self._clause_address,
            )
        template = self._templates.get_template("conversation.html")
        return template.render(page=page, call=call)


def _chunks(spool: IO[str]) -> Iterator[Markup]:
    """Yield what the conversation template made: it is escaped already."""
    while chunk := spool.read(_CHUNK):
        yield Markup(chunk)  # noqa: S704


def _assets(*, with_calls: bool) -> dict[str, object]:
    style = asset("report.css") + asset("shared/reports/conversation.css")
    script = asset("report.js")
    if with_calls:
        style += asset("shared/reports/call.css")
        script += asset("shared/reports/call.js")
    return {
        "with_calls": with_calls,
        "style": style,
        "style_hash": digest(style),
        "script": script,
        "script_hash": digest(script),
    }
