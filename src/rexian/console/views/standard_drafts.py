"""Drafts of standards: begin one, see where it stands, compare, undo, publish, take it out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rexian.console.draft_forms import NewFileForm, PublishDraftForm
from rexian.console.draft_page import HOME, element_title, page_values, told
from rexian.console.telling import instant, today_of, who
from rexian.dialogue.domain.rights import INSPECT
from rexian.dialogue.queries.replays import replays
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark, text_in, translate
from rexian.look.environment import current_language, quoted, translated
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.standard import services
from rexian.standard.domain.drafts import DraftChanged, DraftClosed
from rexian.standard.domain.editing.elements import text_at
from rexian.standard.domain.editing.hanging import clauses_of, is_addressable
from rexian.standard.domain.editing.labels import SECTIONS
from rexian.standard.domain.pack.documents import Node
from rexian.standard.domain.rights import DRAFT, PUBLISH, READ
from rexian.standard.queries import drafts, published
from rexian.standard.queries.drafts import DraftShown, RevisionLine

_FROM_TOMORROW = timedelta(days=1)
_MOST_DIGITS = 15
_CHANGES = {
    "begun": mark("begun"),
    "undone": mark("undone, back to change {revision}"),
    "settled": mark("a question looked at"),
    "parameters": mark("parameters set: {names}"),
    "values": mark("{section}: {element} changed"),
    "added": mark("{section}: something added to {element}"),
    "removed": mark("{section}: something removed from {element}"),
    "file": mark("source written: {file}"),
    "file-removed": mark("file removed: {file}"),
}


@require_POST
@with_right(DRAFT)
def begin_draft(request: PageRequest, version_id: int) -> HttpResponse:
    """Begin a draft of a version, and go to the clause that was being read, if one was."""
    draft_id = services.begin_draft(version_id, actor=request.actor, at=timezone.now())
    clause = request.POST.get("clause", "")
    is_page = is_addressable(clause)
    name, args = ("draft-clause", (draft_id, clause)) if is_page else ("draft", (draft_id,))
    return HttpResponseRedirect(f"{reverse(f'console:{name}', args=args)}?done=begun")


@require_GET
@with_right(DRAFT)
def draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """Show where a draft stands: what is wrong, what was changed, its clauses and its files."""
    shown = drafts.draft(draft_id, actor=request.actor)
    asked = request.GET.get("q", "")
    values = page_values(request, shown) | {
        "asked": asked,
        "clauses": [one for one in _clauses(shown) if _fits(one, asked)],
        "questions": [
            (number, one, _question_address(shown, number), _question(one))
            for number, one in enumerate(shown.questions)
        ],
        "changes": _changes(request, shown),
        "files": [(one.name, tuple(one.files)) for one in reversed(shown.content.sources)],
        "file_form": NewFileForm(initial={"revision": shown.line.revision}),
    }
    return render(request, "console/standard_draft.html", values)


@require_POST
@with_right(DRAFT)
def undo_change(request: PageRequest, draft_id: int) -> HttpResponse:
    """Undo the last change of a draft."""
    services.undo_change(
        draft_id, revision=_revision(request), actor=request.actor, at=timezone.now()
    )
    return HttpResponseRedirect(reverse("console:draft", args=(draft_id,)) + "?done=undone")


@require_POST
@with_right(DRAFT)
def settle_question(request: PageRequest, draft_id: int, question: int) -> HttpResponse:
    """Say that what was uncertain has been looked at."""
    services.settle_question(
        draft_id,
        question=question,
        revision=_revision(request),
        actor=request.actor,
        at=timezone.now(),
    )
    address = reverse("console:draft", args=(draft_id,))
    return HttpResponseRedirect(f"{address}?done=settled#questions")


@require_POST
@with_right(DRAFT)
def discard_draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """Remove a draft."""
    services.discard_draft(draft_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(reverse("console:standards") + "?done=draft-discarded")


@require_GET
@with_right(DRAFT)
def compare_draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """Show what a draft changes, in words and as source."""
    shown = drafts.draft(draft_id, actor=request.actor)
    comparison = drafts.draft_comparison(draft_id, actor=request.actor)
    values = page_values(request, shown, translated(mark("Comparison")))
    values |= {"told": told(comparison), "old": shown.line.based_on_number, "new": ""}
    return render(request, "console/standard_compare.html", values)


@require_GET
@with_right(READ)
def compare_versions(request: PageRequest, version_id: int, other_id: int) -> HttpResponse:
    """Show what a version says differently from an earlier one."""
    on = today_of(request.person)
    new, old = (published.version(request.actor, one, on=on) for one in (version_id, other_id))
    comparison = drafts.version_comparison(other_id, version_id, actor=request.actor)
    title = text_in(new.title, current_language())
    address = reverse("console:standard", args=(version_id,))
    values = {
        "title": title,
        "draft": None,
        "told": told(comparison),
        "old": f"{old.name} {old.number}",
        "new": f"{new.name} {new.number}",
        "version": new,
        "trail": (HOME, Crumb(f"{title} {new.number}", address), Crumb(mark("Comparison"))),
    }
    return render(request, "console/standard_compare.html", values)


@require_http_methods(["GET", "POST"])
@with_right(PUBLISH)
def publish_draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """Show what would be published, and publish it from a day on."""
    shown = drafts.draft(draft_id, actor=request.actor)
    if not shown.line.is_open:
        return HttpResponseRedirect(_published_as(shown))
    if request.method == "GET":
        return _publish_page(request, shown, _proposed(request, shown))
    form = PublishDraftForm(request.POST)
    if not form.is_valid():
        return _publish_page(request, shown, form, status=422)
    try:
        version_id = services.publish_draft(
            draft_id,
            number=form.cleaned_data["number"],
            effective_on=form.cleaned_data["effective_on"],
            revision=form.cleaned_data["revision"],
            actor=request.actor,
            at=timezone.now(),
        )
    except DraftClosed:
        return HttpResponseRedirect(_published_as(drafts.draft(draft_id, actor=request.actor)))
    except RexianError as error:
        if error.status not in (409, 422):
            raise
        return _refused(request, draft_id, form, error)
    address = reverse("console:standard", args=(version_id,))
    return HttpResponseRedirect(f"{address}?done=published")


@require_GET
@with_right(DRAFT)
def export_draft(request: PageRequest, draft_id: int) -> HttpResponse:
    """Send a draft as a ZIP."""
    shown = drafts.draft(draft_id, actor=request.actor)
    content = drafts.draft_archive(draft_id, actor=request.actor)
    return _archive(content, f"{shown.line.name}-draft-{shown.line.revision}.zip")


@require_GET
@with_right(READ)
def export_version(request: PageRequest, version_id: int) -> HttpResponse:
    """Send a version as a ZIP that can be imported again."""
    line = published.version(request.actor, version_id, on=today_of(request.person))
    content = drafts.version_archive(version_id, actor=request.actor)
    return _archive(content, f"{line.name}-{line.number}.zip")


def _archive(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


def _published_as(shown: DraftShown) -> str:
    """Return the page of what a draft has become: there whoever clicks twice belongs."""
    if shown.line.taken_as is None:
        return reverse("console:draft", args=(shown.line.id,))
    return reverse("console:standard", args=(shown.line.taken_as,))


def _proposed(request: PageRequest, shown: DraftShown) -> PublishDraftForm:
    return PublishDraftForm(
        initial={
            "number": drafts.proposed_number(shown.line.id, actor=request.actor),
            "effective_on": today_of(request.person) + _FROM_TOMORROW,
            "revision": shown.line.revision,
        }
    )


def _refused(
    request: PageRequest, draft_id: int, form: PublishDraftForm, error: RexianError
) -> HttpResponse:
    """Show the page again with why not; whoever publishes sees what somebody else has changed."""
    shown = drafts.draft(draft_id, actor=request.actor)
    if isinstance(error, DraftChanged):
        sent = request.POST.copy()
        sent["revision"] = str(shown.line.revision)
        form = PublishDraftForm(sent)
        form.full_clean()
    form.add_error(None, quoted(error))
    return _publish_page(request, shown, form, status=error.status)


def _publish_page(
    request: PageRequest, shown: DraftShown, form: PublishDraftForm, *, status: int = 200
) -> HttpResponse:
    values = page_values(request, shown, translated(mark("Publishing")))
    values |= {
        "form": form,
        "told": told(drafts.draft_comparison(shown.line.id, actor=request.actor)),
        "open_questions": sum(one.is_open for one in shown.questions),
        "replays": _replays(request, shown),
    }
    return render(request, "console/standard_draft_publish.html", values, status=status)


def _replays(request: PageRequest, shown: DraftShown) -> list[tuple[int, str, bool]]:
    """Return the replays of a draft: their days, and whether they tried it as it is now."""
    if not request.actor.may(INSPECT):
        return []
    tried = replays(shown.line.organisation_id, draft=shown.line.id, actor=request.actor)
    return [
        (one.id, f"{one.since} – {one.until}", one.revision == shown.line.revision) for one in tried
    ]


def _revision(request: PageRequest) -> int:
    text = request.POST.get("revision", "")
    if not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise NotFound(mark("There is no such draft."))
    return int(text)


def _clauses(shown: DraftShown) -> list[tuple[str, str, bool]]:
    """Return the clauses with their texts, and whether each stands in the own pack: those first."""
    own = shown.content.own.name
    found = [(one.id, _text_of(one.node), one.pack == own) for one in clauses_of(shown.content)]
    return sorted(found, key=lambda one: not one[2])


def _text_of(node: Node) -> str:
    held = node.value.get("text") if isinstance(node.value, dict) else None
    if held is None:
        return ""
    language = current_language()
    short = {"zh-Hans": "zh"}.get(language, language)
    return text_at(held, short) or text_at(held, "zh") or text_at(node, "text")


def _fits(clause: tuple[str, str, bool], asked: str) -> bool:
    words = asked.casefold().split()
    return all(word in f"{clause[0]} {clause[1]}".casefold() for word in words)


def _question(one: Any) -> str:
    return translate(one.sentence, current_language(), **one.values)


def _question_address(shown: DraftShown, number: int) -> str:
    """Return where a question is answered: the form of its element, or its file."""
    one = shown.questions[number]
    try:
        element_title(shown, one.section, one.element)
    except NotFound:
        file = one.file if one.file in shown.content.own.files else "pack.yaml"
        return reverse("console:draft-file", args=(shown.line.id, file))
    if one.section == "clauses":
        return reverse("console:draft-clause", args=(shown.line.id, one.element))
    return reverse("console:draft-element", args=(shown.line.id, one.section, one.element))


def _changes(request: PageRequest, shown: DraftShown) -> list[tuple[int, str, str, str]]:
    names = who({one.changed_by for one in shown.changes}, request)
    zone = request.person.time_zone
    return [
        (one.number, _said(one), names.get(one.changed_by, ""), instant(one.changed_at, zone))
        for one in shown.changes
    ]


def _said(line: RevisionLine) -> str:
    change = line.change
    section = translated(SECTIONS.get(change.get("section", ""), ""))
    values = {**change, "section": section, "names": "、".join(change.get("names", ()))}
    return translated(_CHANGES.get(change["what"], change["what"]), **values)


urlpatterns = [
    path("standards/<int:version_id>/draft", begin_draft, name="begin-draft"),
    path("standards/<int:version_id>/export", export_version, name="export-standard"),
    path(
        "standards/<int:version_id>/compare/<int:other_id>",
        compare_versions,
        name="compare-standards",
    ),
    path("standards/drafts/<int:draft_id>/", draft, name="draft"),
    path("standards/drafts/<int:draft_id>/undo", undo_change, name="undo-draft"),
    path("standards/drafts/<int:draft_id>/discard", discard_draft, name="discard-draft"),
    path("standards/drafts/<int:draft_id>/compare", compare_draft, name="compare-draft"),
    path("standards/drafts/<int:draft_id>/publish", publish_draft, name="publish-draft"),
    path("standards/drafts/<int:draft_id>/export", export_draft, name="export-draft"),
    path(
        "standards/drafts/<int:draft_id>/questions/<int:question>/settle",
        settle_question,
        name="settle-question",
    ),
]
