"""Write a draft of a standard: clause by clause and element by element in forms, or as source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rexian.console.draft_blocks import EXCUSES, WORDS, blocks_of, element_form, prefix_of, words_of
from rexian.console.draft_forms import (
    DraftParametersForm,
    ElementForm,
    ExcuseForm,
    FileForm,
    NewFileForm,
    RevisionForm,
    WordForm,
)
from rexian.console.draft_page import page_values, told
from rexian.console.finding_words import reason_of
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.look.requests import PageRequest, with_right
from rexian.standard import services
from rexian.standard.domain.drafts import DraftChanged
from rexian.standard.domain.editing.changes import (
    AddItem,
    Change,
    Edited,
    RemoveFile,
    RemoveItem,
    SetParameters,
    SetValues,
    WriteFile,
)
from rexian.standard.domain.editing.elements import Element, find
from rexian.standard.domain.editing.fields import fields_of
from rexian.standard.domain.editing.hanging import clauses_of, hanging_on
from rexian.standard.domain.editing.yaml_places import Path
from rexian.standard.domain.pack.documents import Fault
from rexian.standard.domain.rights import DRAFT
from rexian.standard.queries import Finding, Severity, drafts
from rexian.standard.queries.drafts import DraftShown

_NEW_FILE = "clauses: []\n"
_PLACE = re.compile(r"[0-9]{1,6}")


@require_http_methods(["GET", "POST"])
@with_right(DRAFT)
def draft_clause(request: PageRequest, draft_id: int, clause_id: str) -> HttpResponse:
    """Show everything that hangs on a clause in forms, and change it."""
    shown = drafts.draft(draft_id, actor=request.actor)
    hanging = hanging_on(shown.content, clause_id)
    order = [one.id for one in clauses_of(shown.content)]
    if clause_id not in order:
        raise NotFound(mark("The standard has no clause {clause}."), clause=clause_id)
    place = order.index(clause_id)
    values = {
        "clause": clause_id,
        "acts": hanging.acts,
        "parameters": [
            (name, shown.content.known_parameters[name], _said(shown.content.values[name]))
            for name in hanging.parameters
        ],
        "previous": order[place - 1] if place else "",
        "following": order[place + 1] if place + 1 < len(order) else "",
    }
    address = reverse("console:draft-clause", args=(draft_id, clause_id))
    return _elements_page(request, shown, hanging.elements, address, clause_id, values)


@require_http_methods(["GET", "POST"])
@with_right(DRAFT)
def draft_element(
    request: PageRequest, draft_id: int, section: str, element_id: str
) -> HttpResponse:
    """Show one element in a form, and change it."""
    shown = drafts.draft(draft_id, actor=request.actor)
    element = find(shown.content, section, element_id)
    address = reverse("console:draft-element", args=(draft_id, section, element_id))
    values = {
        "clause": element.clause,
        "acts": (),
        "parameters": (),
        "previous": "",
        "following": "",
    }
    return _elements_page(request, shown, [element], address, element_id, values)


@require_http_methods(["GET", "POST"])
@with_right(DRAFT)
def draft_parameters(request: PageRequest, draft_id: int) -> HttpResponse:
    """Show all parameters of a draft, and set them."""
    shown = drafts.draft(draft_id, actor=request.actor)
    address = reverse("console:draft-parameters", args=(draft_id,))
    sent = request.POST if request.method == "POST" else None
    form = _parameters_form(shown, sent)
    status, since = 200, None
    if sent is not None:
        status = 422
        if form.is_valid():
            try:
                change = SetParameters(form.typed)
                return _saved(address, _change(request, shown, change, form))
            except DraftChanged:
                status, since, shown = 409, *_meanwhile(request, form, draft_id)
                form = _parameters_form(shown, _with_revision(sent, "revision", shown))
    values = {"form": form, "since": since}
    here = translated(mark("Parameters"))
    return render(
        request,
        "console/standard_draft_parameters.html",
        page_values(request, shown, here) | values,
        status=status,
    )


@require_http_methods(["GET", "POST"])
@with_right(DRAFT)
def draft_file(request: PageRequest, draft_id: int, file: str) -> HttpResponse:
    """Show a file of the draft as it is written, with what is wrong at its lines."""
    shown = drafts.draft(draft_id, actor=request.actor)
    if request.GET.get("pack"):
        return _file_page(request, shown, file, FileForm(), request.GET["pack"])
    if request.method == "GET":
        text = shown.content.own.files.get(file)
        if text is None:
            raise NotFound(mark("There is no file {path}."), path=file)
        form = FileForm(initial={"text": text, "revision": shown.line.revision})
        return _file_page(request, shown, file, form)
    form = FileForm(request.POST)
    if not form.is_valid():
        return _file_page(request, shown, file, form, status=422)
    return _write_file(request, shown, file, form)


@require_http_methods(["POST"])
@with_right(DRAFT)
def new_draft_file(request: PageRequest, draft_id: int) -> HttpResponse:
    """Begin a file of the draft's own pack."""
    shown = drafts.draft(draft_id, actor=request.actor)
    form = NewFileForm(request.POST)
    if form.is_valid() and form.cleaned_data["path"] not in shown.content.own.files:
        name = form.cleaned_data["path"]
        _change(request, shown, WriteFile(name, _NEW_FILE), form)
        return HttpResponseRedirect(reverse("console:draft-file", args=(draft_id, name)))
    return HttpResponseRedirect(reverse("console:draft", args=(draft_id,)) + "#files")


def _write_file(request: PageRequest, shown: DraftShown, file: str, form: FileForm) -> HttpResponse:
    address = reverse("console:draft-file", args=(shown.line.id, file))
    change: Change = WriteFile(file, form.cleaned_data["text"])
    if "remove" in request.POST:
        change = RemoveFile(file)
        address = reverse("console:draft", args=(shown.line.id,))
    elif file not in shown.content.own.files:
        raise NotFound(mark("There is no file {path}."), path=file)
    try:
        return _saved(address, _change(request, shown, change, form))
    except DraftChanged:
        since, now = _meanwhile(request, form, shown.line.id)
        again = FileForm(_with_revision(request.POST, "revision", now))
        return _file_page(request, now, file, again, status=409, since=since)
    except RexianError as error:
        if error.status != 422:
            raise
        form.add_error("text", _why(error))
        return _file_page(request, shown, file, form, status=422)


def _why(error: RexianError) -> str:
    """Return why a file is not kept, with its line where it has one."""
    if not isinstance(error, Fault):
        return quoted(error)
    finding = Finding(error.place, Severity.ERROR, error.rule, error.reason)
    return f"{error.place}: {reason_of(finding)}"


def _file_page(
    request: PageRequest,
    shown: DraftShown,
    file: str,
    form: FileForm,
    pack: str = "",
    *,
    status: int = 200,
    since: Any = None,
) -> HttpResponse:
    held = {one.name: one.files for one in shown.content.sources}
    files = held.get(pack or shown.content.own.name, {})
    if file not in files:
        raise NotFound(mark("There is no file {path}."), path=file)
    values = page_values(request, shown, file)
    own = pack or shown.content.own.name
    lines = [one for one in (*values["errors"], *values["warnings"]) if one.finding.file == file]
    there = [one for one in lines if one.finding.pack == own]
    text = str(form["text"].value() or "") if not pack else files[file]
    values |= {
        "file": file,
        "pack": own,
        "is_own": own == shown.content.own.name,
        "form": form,
        "text": text,
        "line_count": text.count("\n") + 1,
        "at_lines": {one.finding.line: one for one in reversed(there)},
        "found": there,
        "since": since,
        "may_remove": file != "pack.yaml",
    }
    return render(request, "console/standard_draft_file.html", values, status=status)


def _elements_page(
    request: PageRequest,
    shown: DraftShown,
    elements: Sequence[Element],
    address: str,
    here: str,
    values: dict[str, Any],
) -> HttpResponse:
    sent: QueryDict | None = request.POST if request.method == "POST" else None
    status, since, refused = 200, None, ""
    if sent is not None:
        element = find(shown.content, sent.get("section", ""), sent.get("element", ""))
        form, make = _asked(shown, element, sent)
        status = 422
        if form.is_valid():
            try:
                edited = _change(request, shown, make(), form)
                return _saved(address, edited, f"#{element.section}-{element.id}")
            except DraftChanged:
                status, read = 409, form.cleaned_data["revision"]
                since, shown = _meanwhile(request, form, shown.line.id)
                sent = _with_the_others(request, shown, element, sent, form, read)
                elements = [find(shown.content, one.section, one.id) for one in elements]
            except RexianError as error:
                if error.status not in (403, 422):
                    raise
                status, refused = error.status, quoted(error)
    blocks = blocks_of(shown, elements, sent)
    values |= {"blocks": blocks, "since": since, "refused": refused}
    return render(
        request,
        "console/standard_draft_clause.html",
        page_values(request, shown, here) | values,
        status=status,
    )


def _asked(
    shown: DraftShown, element: Element, sent: QueryDict
) -> tuple[RevisionForm, Callable[[], Change]]:
    """Return the form that was sent, and what makes the change of it once it is right."""
    about = (element.section, element.id)
    if "remove" in sent:
        removed = _path(str(sent["remove"]))
        plain = RevisionForm(sent, prefix=prefix_of(element))
        return plain, lambda: RemoveItem(*about, removed)
    if sent.get("add") == WORDS:
        word = WordForm(sent, prefix="word")
        return word, lambda: AddItem(*about, (WORDS,), word.item())
    if sent.get("add") == EXCUSES:
        excuse = _excuse_form(element, sent)
        return excuse, lambda: AddItem(
            *about, (WORDS, int(excuse.cleaned_data["word"]), EXCUSES), excuse.item()
        )
    form = element_form(shown, element, sent)
    return form, lambda: SetValues(*about, form.typed)


def _path(text: str) -> Path:
    """Return where something stands in an element: names, and places counted from 0."""
    return tuple(int(one) if _PLACE.fullmatch(one) else one for one in text.split("/"))


def _excuse_form(element: Element, sent: QueryDict) -> ExcuseForm:
    return ExcuseForm(words_of(element), data=sent, prefix="excuse")


def _change(request: PageRequest, shown: DraftShown, change: Change, form: RevisionForm) -> Edited:
    return services.change_draft(
        shown.line.id,
        change=change,
        revision=form.cleaned_data["revision"],
        actor=request.actor,
        at=timezone.now(),
    )


def _saved(address: str, edited: Edited, anchor: str = "") -> HttpResponse:
    """Go to a page that says what was done, and what had to be done for it."""
    asked: list[tuple[str, str]] = [("done", "saved" if edited.is_new else "same")]
    kinds = {"set" if "parameter" in one.message else "took" for one in edited.notes}
    asked += [("note", one) for one in sorted(kinds)]
    return HttpResponseRedirect(f"{address}?{urlencode(asked)}{anchor}")


def _meanwhile(request: PageRequest, form: RevisionForm, draft_id: int) -> tuple[Any, DraftShown]:
    """Return what somebody else has changed since the draft was read, and the draft as it is."""
    read = form.cleaned_data["revision"]
    since = drafts.changed_since(draft_id, read, actor=request.actor)
    return told(since), drafts.draft(draft_id, actor=request.actor)


def _with_revision(sent: QueryDict, name: str, shown: DraftShown) -> QueryDict:
    """Return what was sent, to be sent again for the draft as it is now."""
    again = sent.copy()
    again[name] = str(shown.line.revision)
    return again


def _with_the_others(
    request: PageRequest,
    shown: DraftShown,
    element: Element,
    sent: QueryDict,
    form: RevisionForm,
    read: int,
) -> QueryDict:
    """Return what was sent, with the other's values wherever nothing was typed anew."""
    prefix = prefix_of(element)
    name = f"{form.prefix or prefix}-revision"
    again = _with_revision(sent, name, shown)
    if not isinstance(form, ElementForm):
        return again
    before = drafts.draft_at(shown.line.id, read, actor=request.actor)
    old = _values_of(find(before, element.section, element.id), before.values)
    now = find(shown.content, element.section, element.id)
    for field, value in _values_of(now, shown.content.values).items():
        key = f"{prefix}-{field}"
        if again.get(key, "").split() == old.get(field, "").split():
            again[key] = value
    return again


def _said(value: Any) -> str:
    yes, no = mark("yes"), mark("no")
    return translated(yes if value else no) if isinstance(value, bool) else str(value)


def _values_of(element: Element, values: Any) -> dict[str, str]:
    return {
        one.name: "\n".join(one.value) if isinstance(one.value, tuple) else one.value
        for one in fields_of(element, values)
    }


def _parameters_form(shown: DraftShown, sent: QueryDict | None) -> DraftParametersForm:
    return DraftParametersForm(
        shown.content.known_parameters,
        shown.content.values,
        data=sent,
        initial={"revision": shown.line.revision},
    )


urlpatterns = [
    path(
        "standards/drafts/<int:draft_id>/clauses/<str:clause_id>", draft_clause, name="draft-clause"
    ),
    path(
        "standards/drafts/<int:draft_id>/elements/<str:section>/<str:element_id>",
        draft_element,
        name="draft-element",
    ),
    path("standards/drafts/<int:draft_id>/parameters", draft_parameters, name="draft-parameters"),
    path("standards/drafts/<int:draft_id>/files", new_draft_file, name="new-draft-file"),
    path("standards/drafts/<int:draft_id>/files/<path:file>", draft_file, name="draft-file"),
]
