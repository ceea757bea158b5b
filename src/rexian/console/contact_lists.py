"""The list of contacts: what is asked for, its lines, and the same as a table to keep."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from rexian.console.contacts import STATES, customer_text, state_of
from rexian.console.telling import instant, who
from rexian.contacts.queries import ContactShown, hotlines
from rexian.contacts.queries.lists import (
    OPEN_ONES,
    Noted,
    Wanted,
    agents_seen,
    contact_page,
    noted_of,
)
from rexian.dialogue.queries.findings import (
    FindingCounts,
    contacts_to_review,
    contacts_with_findings,
    counts_of,
)
from rexian.dialogue.queries.reading import reader
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.environment import current_language, translated
from rexian.look.requests import PageRequest
from rexian.look.shapes import Column, Tone
from rexian.quality.queries.samples import blind_among
from rexian.reports.inspection.figures import score
from rexian.standard.queries.published import load_version

MOST = 20_000
_AT_ONCE = 500
_FINDINGS = {
    "any": mark("with findings"),
    "waiting": mark("to review"),
}
COLUMNS = (
    Column(title=mark("Customer")),
    Column(title=mark("State")),
    Column(title=mark("Agent")),
    Column(title=mark("Category")),
    Column(title=mark("Score"), numeric=True),
    Column(title=mark("Missed"), numeric=True),
    Column(title=mark("To confirm"), numeric=True),
    Column(title=mark("To review"), numeric=True),
    Column(title=mark("Rating")),
    Column(title=mark("Arrived")),
)
_HEADINGS = (
    mark("Number"),
    mark("Arrived"),
    mark("Customer"),
    mark("Telephone number"),
    mark("State"),
    mark("Agent"),
    mark("Category"),
    mark("Waited"),
    mark("Score"),
    mark("Missed"),
    mark("To confirm"),
    mark("To review"),
    mark("Solved"),
    mark("Satisfied"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The filter as it stands in an address; what makes no sense there asks for nothing."""

    state: str = ""
    hotline: str = ""
    agent: str = ""
    findings: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """Return what an address asks for."""
        state, findings = query.get("state", ""), query.get("findings", "")
        return cls(
            state=state if state in STATES or state == OPEN_ONES else "",
            hotline=_digits(query.get("hotline", "")),
            agent=_digits(query.get("agent", "")),
            findings=findings if findings in _FINDINGS else "",
            q=query.get("q", "").strip()[:80],
        )

    @property
    def is_everything(self) -> bool:
        """Tell whether nothing is filtered."""
        return self == Asked()

    def wanted(self, actor: Actor) -> Wanted:
        """Return the same as the query takes it."""
        among = None
        if self.findings == "any":
            among = contacts_with_findings(actor.organisation)
        elif self.findings == "waiting":
            among = contacts_to_review(actor.organisation)
        return Wanted(
            state=self.state,
            hotline=int(self.hotline) if self.hotline else None,
            agent=int(self.agent) if self.agent else None,
            words=self.q,
            among=among,
        )

    def query(self) -> str:
        """Return the part of an address that asks for the same, empty or beginning with ``?``."""
        names = ("state", "hotline", "agent", "findings", "q")
        asked = {name: getattr(self, name) for name in names if getattr(self, name)}
        return f"?{urlencode(asked)}" if asked else ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A contact as the list shows it."""

    contact: ContactShown
    customer: str
    state: tuple[str, Tone]
    agent: str
    arrived: str
    category: str
    noted: Noted
    counts: FindingCounts | None

    @property
    def score(self) -> str:
        """The machine's score, or a dash."""
        return score(self.counts.score) if self.counts else ""


def lines_of(contacts: Sequence[ContactShown], request: PageRequest) -> list[ListLine]:
    """Return contacts as lines, what belongs to them read for all at once."""
    ids = [one.id for one in contacts]
    blind = blind_among(ids, actor=request.actor)
    noted = noted_of(ids)
    counts = counts_of([one for one in ids if one not in blind], actor=request.actor)
    names = who((f"person:{one.agent}" for one in contacts if one.agent), request)
    zone = request.person.time_zone
    return [
        ListLine(
            one,
            customer_text(one),
            state_of(one),
            names.get(f"person:{one.agent}", ""),
            instant(one.arrived_at, zone),
            _category(one, noted[one.id].category),
            noted[one.id],
            counts.get(one.id),
        )
        for one in contacts
    ]


def choices(request: PageRequest) -> dict[str, Any]:
    """Return what the filter offers."""
    agents = [f"person:{one}" for one in agents_seen(reader(request.actor))]
    names = who(agents, request)
    ordered = sorted((names[one], one.partition(":")[2]) for one in agents if one in names)
    return {
        "states": [
            (OPEN_ONES, mark("open")),
            *((code, word) for code, (word, _) in STATES.items()),
        ],
        "agents": [(number, name) for name, number in ordered],
        "hotlines": [(str(one.id), one.name) for one in hotlines(request.actor)],
        "findings": list(_FINDINGS.items()),
    }


def table_of(wanted: Wanted, request: PageRequest) -> bytes:
    """Return the contacts that are wanted as a table that spreadsheets open, the latest first."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([translated(one) for one in _HEADINGS])
    for line in _every(wanted, request):
        writer.writerow([_plain(cell) for cell in _cells(line)])
    return "\ufeff".encode() + buffer.getvalue().encode()


def _every(wanted: Wanted, request: PageRequest) -> Iterator[ListLine]:
    for offset in range(0, MOST, _AT_ONCE):
        shown, _ = contact_page(reader(request.actor), wanted=wanted, offset=offset, size=_AT_ONCE)
        yield from lines_of(shown, request)
        if len(shown) < _AT_ONCE:
            return


def _category(contact: ContactShown, code: str) -> str:
    """Return what a category is called in the standard that the contact was served by."""
    if not code or contact.standard is None:
        return code
    taxonomy = load_version(contact.standard).taxonomy
    return taxonomy.full_name(code, current_language()) if taxonomy.get(code) else code


def _cells(line: ListLine) -> tuple[object, ...]:
    counts = line.counts
    solved = {True: mark("yes"), False: mark("no"), None: ""}[line.noted.solved]
    return (
        line.contact.id,
        line.arrived,
        line.customer,
        line.contact.number,
        translated(line.state[0]),
        line.agent,
        line.category,
        "" if line.contact.waited is None else round(line.contact.waited),
        line.score,
        counts.missed if counts else "",
        counts.suspect if counts else "",
        counts.unreviewed if counts else "",
        solved and translated(solved),
        line.noted.satisfied or "",
    )


def _plain(cell: object) -> str:
    """Return a cell as text; one that begins like a formula would be one for a spreadsheet."""
    text = str(cell)
    return f"'{text}" if text[:1] in "=+-@\t" and text else text


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 12 else ""
