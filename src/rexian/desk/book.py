"""What the standard of a contact says to the desk besides the guide: words, reasons, clauses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.standard.domain import Standard
from rexian.standard.domain.guidance import Names
from rexian.standard.domain.pack.schema import Clause
from rexian.standard.domain.wording import Filler
from rexian.standard.queries.published import load_version

HOLD, HELP = "hold", "escalation"
"""The areas of the clauses about a wait, and about calling somebody above."""


@dataclass(frozen=True, slots=True)
class HoldWords:
    """What is said before a wait and after it (CC-22), with the clause that says so."""

    clause: str
    ask: str
    thanks: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to choose by one key: its code, what it is called, the clause behind it."""

    code: str
    title: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A standard as the desk needs it, in one language."""

    standard: str
    version: str
    hold: HoldWords | None
    help: tuple[Reason, ...]


@lru_cache(maxsize=64)
def book_of(version_id: int | None, language: str) -> Book:
    """Return what a version says to the desk; a contact without one has an empty book."""
    standard = load_version(version_id) if version_id is not None else None
    if standard is None:
        return Book("", "", None, ())
    clauses = standard.clauses.values()
    reasons = tuple(_reason(one, language) for one in clauses if one.area == HELP)
    return Book(standard.name, standard.version, _hold_words(standard, language), reasons)


def clause_text(version_id: int | None, clause_id: str, language: str) -> str:
    """Return the text of a clause; raise ``NotFound`` where the standard has none of that name."""
    found = load_version(version_id).clauses.get(clause_id) if version_id is not None else None
    if found is None:
        raise NotFound(mark("The standard has no clause {clause}."), clause=clause_id)
    return found.text.say(language)


def category_name(version_id: int | None, code: str, language: str) -> str:
    """Return what a category of a contact's standard is called, the code where it has none."""
    if version_id is None or not code:
        return code
    taxonomy = load_version(version_id).taxonomy
    return taxonomy.full_name(code, language) if taxonomy.get(code) else code


def _reason(clause: Clause, language: str) -> Reason:
    """Return a clause as a reason, called by what stands before its colon."""
    text = clause.text.say(language)
    title = text.replace(":", "：").partition("：")[0].partition(";")[0]
    return Reason(clause.id, title.rstrip("。."), clause.id)


def _hold_words(standard: Standard, language: str) -> HoldWords | None:
    """Return the first and the last words of a scene about a wait, where there is one."""
    clauses = standard.clauses
    for scene in standard.pack.sections.scenes:
        clause = clauses.get(scene.clause)
        if clause is not None and clause.area == HOLD and len(scene.say) > 1:
            filler = Filler(standard.wordings, Names(), language)
            ask, *_, thanks = (filler.fill(one).text for one in scene.say)
            return HoldWords(clause.id, ask, thanks)
    return None
