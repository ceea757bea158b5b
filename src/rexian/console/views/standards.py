"""Standards: what is in force and coming, what they ask, and how they come in and out of force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rexian.console import book
from rexian.console.forms import ArchiveForm, ParametersForm, PublishForm
from rexian.console.standard_tabs import BOOK, standard_tabs
from rexian.console.telling import (
    DONE,
    MEANS,
    STANDINGS,
    day,
    instant,
    today_of,
    who,
)
from rexian.console.views.clause_figures import clause_part
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Tone
from rexian.reports.inspection.words import outcome_word
from rexian.standard import services
from rexian.standard.domain.pack.waiting import context_name
from rexian.standard.domain.publishing import Standing
from rexian.standard.domain.record_words import FIELD_TYPES, NEEDS
from rexian.standard.domain.rights import DRAFT, PUBLISH, READ
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.domain.work_words import work_of
from rexian.standard.queries import Finding, drafts, published
from rexian.standard.queries.drafts import DraftLine
from rexian.standard.queries.published import PublishedStandard, VersionLine

COLUMNS = (
    Column(title=mark("Standard")),
    Column(title=mark("Version")),
    Column(title=mark("Standing")),
    Column(title=mark("In force from")),
    Column(title=mark("Imported")),
    Column(title=mark("Published")),
)
_DRAFT_DONE = {"draft-discarded": mark("The draft is removed.")}
HOME = Crumb(mark("Standards"), "/standards/")


@require_GET
@with_right(READ)
def standards(request: PageRequest) -> HttpResponse:
    """List all versions of the organisation's standards."""
    person = request.person
    lines = published.versions(request.actor, person.organisation_id, on=today_of(person))
    written = _drafts(request)
    names = who(_codes(lines) | {one.changed_by for one in written}, request)
    values = {
        "columns": COLUMNS,
        "drafts": [_draft_row(one, names, person.time_zone) for one in written],
        "may_draft": request.actor.may(DRAFT),
        "rows": [_row(one, names, person.time_zone) for one in lines],
        "may_publish": request.actor.may(PUBLISH),
        "notices": notices_of(request, {**DONE, **_DRAFT_DONE}),
    }
    return render(request, "console/standards.html", values)


@require_http_methods(["GET", "POST"])
@with_right(PUBLISH)
def import_standard(request: PageRequest) -> HttpResponse:
    """Offer what can be imported, and import it."""
    form = ArchiveForm()
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        form = ArchiveForm(request.POST, request.FILES)
        try:
            if key := request.POST.get("key"):
                return _imported(_import_folder(request, key))
            if form.is_valid():
                return _imported(_import_archive(request, form.cleaned_data["archive"]))
        except services.AlreadyImported as same:
            return _to_version(same.details["version"], "same")
        except services.UnsoundPack as unsound:
            findings = unsound.findings
            form.add_error(None, quoted(unsound))
        except RexianError as error:
            form.full_clean()
            form.add_error(None, quoted(error))
    values = {
        "form": form,
        "findings": findings,
        "offers": published.offers(request.actor),
        "text_of": _text_of,
        "trail": (HOME, Crumb(mark("Import a standard"))),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "console/standard_import.html", values, status=status)


@require_GET
@with_right(READ)
def standard(request: PageRequest, version_id: int) -> HttpResponse:
    """Show a version as a book: its documents, their clauses, its parameters."""
    return _book_page(request, version_id)


@require_GET
@with_right(READ)
def clause(request: PageRequest, version_id: int, clause_id: str) -> HttpResponse:
    """Show a clause with everything that carries it out."""
    read = published.published_standard(request.actor, version_id, on=today_of(request.person))
    one = read.clause(clause_id)
    language = current_language()
    numbers = [each.clause.id for doc in book.documents(read, language) for each in doc.clauses]
    place = numbers.index(clause_id)
    values = {
        "line": read.line,
        "one": one,
        "text": text_in(one.clause.text, language),
        "how": text_in(one.clause.how, language),
        "rules": book.rules_of(one, language),
        "work": tuple(work_of(one.work, language)),
        "reason": text_in(one.override.reason, language) if one.override else "",
        "means": MEANS,
        "context_name": context_name,
        "outcome_word": _outcome_word,
        "standing": STANDINGS[read.line.standing],
        "previous": numbers[place - 1] if place else "",
        "following": numbers[place + 1] if place + 1 < len(numbers) else "",
        "trail": (HOME, _crumb(read), Crumb(clause_id)),
        "may_draft": request.actor.may(DRAFT),
        "drafts": _drafts(request, version_id),
        **clause_part(request, read, clause_id),
    }
    return render(request, "console/clause.html", values)


@require_POST
@with_right(PUBLISH)
def publish(request: PageRequest, version_id: int) -> HttpResponse:
    """Publish a version from a day on."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _book_page(request, version_id, publish_form=form)

    def act() -> int:
        services.publish_version(
            version_id,
            effective_on=form.cleaned_data["effective_on"],
            actor=request.actor,
            at=timezone.now(),
        )
        return version_id

    return _after(request, version_id, act, "published", publish_form=form)


@require_POST
@with_right(PUBLISH)
def withdraw(request: PageRequest, version_id: int) -> HttpResponse:
    """Withdraw a version that has not come into force."""
    services.withdraw_version(version_id, actor=request.actor, at=timezone.now())
    return _to_version(version_id, "withdrawn")


@require_POST
@with_right(PUBLISH)
def discard(request: PageRequest, version_id: int) -> HttpResponse:
    """Remove a version that was never published."""
    services.discard_version(version_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('console:standards')}?done=discarded")


@require_POST
@with_right(PUBLISH)
def set_parameters(request: PageRequest, version_id: int) -> HttpResponse:
    """Make another version with other values of the parameters."""
    read = published.published_standard(request.actor, version_id, on=today_of(request.person))
    form = ParametersForm(read.settings, request.POST)
    if not form.is_valid():
        return _book_page(request, version_id, parameters_form=form)

    def act() -> int:
        return services.set_parameters(
            version_id, values=form.values, actor=request.actor, at=timezone.now()
        )

    try:
        return _after(request, version_id, act, "imported", parameters_form=form)
    except services.AlreadyImported as same:
        return _to_version(same.details["version"], "same")


def _after(
    request: PageRequest, version_id: int, act: Callable[[], int], done: str, **forms: Any
) -> HttpResponse:
    """Act and go to the version, or show the page again with what is wrong in its form."""
    try:
        return _to_version(act(), done)
    except services.AlreadyImported:
        raise
    except RexianError as error:
        if error.status not in (409, 422):
            raise
        for form in forms.values():
            form.add_error(None, quoted(error))
        return _book_page(request, version_id, **forms)


def _book_page(
    request: PageRequest,
    version_id: int,
    publish_form: PublishForm | None = None,
    parameters_form: ParametersForm | None = None,
) -> HttpResponse:
    person, language = request.person, current_language()
    read = published.published_standard(request.actor, version_id, on=today_of(person))
    asked = {name: request.GET.get(name, "") for name in ("q", "means")}
    found = book.selected(read.clauses, text=asked["q"], means=asked["means"], language=language)
    shown = {one.clause.id for one in found}
    names = who(_codes([read.line]), request)
    wrong = publish_form is not None or parameters_form is not None
    values = {
        "read": read,
        "row": _row(read.line, names, person.time_zone),
        "title": text_in(read.line.title, language),
        "documents": book.documents(read, language),
        "categories": book.categories(read, language),
        "forms": book.forms_of(read),
        "reasons_of": book.reasons_of,
        "Tone": Tone,
        "needs": NEEDS,
        "field_types": FIELD_TYPES,
        "shown": shown,
        "asked": asked,
        "means": MEANS,
        "context_name": context_name,
        "carried_out": book.carried_out(read),
        "language": language,
        "text_in": text_in,
        "may_publish": request.actor.may(PUBLISH),
        "may_draft": request.actor.may(DRAFT),
        "drafts": _drafts(request, version_id),
        "others": _other_versions(request, read.line),
        "publish_form": publish_form or PublishForm(initial={"effective_on": today_of(person)}),
        "parameters_form": parameters_form or ParametersForm(read.settings),
        "parameters_open": parameters_form is not None,
        "Standing": Standing,
        "tabs": standard_tabs(request, read.line, BOOK),
        "trail": (HOME, Crumb(text_in(read.line.title, language))),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/standard.html", values, status=422 if wrong else 200)


def _drafts(request: PageRequest, version_id: int | None = None) -> tuple[DraftLine, ...]:
    """Return the open drafts, all or those of one version, for who may write them."""
    if not request.actor.may(DRAFT):
        return ()
    written = drafts.drafts(request.actor)
    return tuple(one for one in written if version_id in (None, one.based_on))


def _draft_row(line: DraftLine, names: Any, time_zone: str) -> dict[str, Any]:
    return {
        "line": line,
        "title": text_in(line.title, current_language()) or line.name,
        "changed_at": instant(line.changed_at, time_zone),
        "changed_by": names.get(line.changed_by, ""),
    }


def _other_versions(request: PageRequest, line: VersionLine) -> list[VersionLine]:
    """Return the other versions of the same standard, with which one can be compared."""
    known = published.versions(
        request.actor, request.person.organisation_id, on=today_of(request.person)
    )
    return [one for one in known if one.name == line.name and one.id != line.id]


def _text_of(texts: Mapping[str, str] | None) -> str:
    return text_in(texts, current_language()) if texts else ""


def _outcome_word(outcome: str) -> str:
    """Return what an example shows; silent is what the evaluator calls a rule that says nothing."""
    known = {one.value: one for one in Outcome}
    if outcome in known:
        return outcome_word(known[outcome], current_language())
    return translated(mark("Nothing is said"))


def _row(line: VersionLine, names: Any, time_zone: str) -> dict[str, Any]:
    return {
        "line": line,
        "title": text_in(line.title, current_language()),
        "standing": STANDINGS[line.standing],
        "origin": _origin(line.origin),
        "effective_on": day(line.effective_on),
        "imported_at": instant(line.imported_at, time_zone),
        "imported_by": names.get(line.imported_by, ""),
        "published_at": instant(line.published_at, time_zone),
        "published_by": names.get(line.published_by, ""),
    }


def _origin(code: str) -> str:
    """Return where a version came from: an archive's name, or the place where it lay."""
    kind, colon, name = code.partition(":")
    if colon and kind == "shipped":
        return translated(mark("comes with Rexian ({name})"), name=name)
    if colon and kind == services.DRAFT_ORIGIN:
        return translated(mark("a draft ({name})"), name=name)
    if colon and kind == "own":
        return translated(mark("folder of the operator ({name})"), name=name)
    return code


def _codes(lines: Iterable[VersionLine]) -> set[str]:
    return {code for one in lines for code in (one.imported_by, one.published_by) if code}


def _crumb(read: PublishedStandard) -> Crumb:
    title = text_in(read.line.title, current_language())
    return Crumb(f"{title} {read.line.number}", reverse("console:standard", args=(read.line.id,)))


def _import_folder(request: PageRequest, key: str) -> int:
    return services.import_folder(
        request.person.organisation_id, key=key, actor=request.actor, at=timezone.now()
    )


def _import_archive(request: PageRequest, archive: Any) -> int:
    return services.import_archive(
        request.person.organisation_id,
        archive=archive.file,
        file_name=archive.name,
        actor=request.actor,
        at=timezone.now(),
    )


def _imported(version_id: int) -> HttpResponse:
    return _to_version(version_id, "imported")


def _to_version(version_id: int, done: str) -> HttpResponse:
    address = reverse("console:standard", args=(version_id,))
    return HttpResponseRedirect(f"{address}?done={done}")


urlpatterns = [
    path("standards/", standards, name="standards"),
    path("standards/import", import_standard, name="import-standard"),
    path("standards/<int:version_id>/", standard, name="standard"),
    path("standards/<int:version_id>/publish", publish, name="publish-standard"),
    path("standards/<int:version_id>/withdraw", withdraw, name="withdraw-standard"),
    path("standards/<int:version_id>/discard", discard, name="discard-standard"),
    path("standards/<int:version_id>/parameters", set_parameters, name="set-parameters"),
    path("standards/<int:version_id>/clauses/<str:clause_id>", clause, name="clause"),
]
