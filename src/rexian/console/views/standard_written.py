"""A written standard (txt, docx, pdf) uploaded: it becomes a draft that is opened for editing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rexian.console.views.standards import HOME
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.standard.domain.drafting.doubts import Doubt
from rexian.standard.domain.drafting.plans import MOST_LETTERS, Draft
from rexian.standard.domain.editing.questions import Question, Source
from rexian.standard.domain.rights import DRAFT
from rexian.standard.queries.written import bases_offered, draft_written
from rexian.standard.services.drafting import begin_draft_from

ALONE = ""
USUAL = "centre"


class WrittenForm(forms.Form):
    """The document, what the standard is to be called, and what it builds on."""

    document = forms.FileField(
        label=mark("The written standard"),
        help_text=mark("A text, a Word document (docx) or a PDF with text, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
    )
    title = forms.CharField(
        label=mark("Title"),
        required=False,
        max_length=80,
        help_text=mark("Without one, the title that the document has."),
    )
    letters = forms.CharField(
        label=mark("Letters before the numbers of clauses"),
        required=False,
        max_length=MOST_LETTERS,
        help_text=mark("Such as GH for GH-3.2. Without them, the initials of the title."),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    extends = forms.ChoiceField(
        label=mark("Builds on"),
        required=False,
        help_text=mark("What the standard it builds on asks holds too, until you override it."),
    )

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        language = current_language()
        bases = [(one.name, text_in(one.title, language)) for one in bases_offered()]
        field = self.fields["extends"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*bases, (ALONE, translated(mark("nothing: it stands alone")))]
        field.initial = USUAL

    @property
    def bases(self) -> Sequence[str]:
        """The packs that the draft is to build on."""
        chosen = self.cleaned_data["extends"]
        return (chosen,) if chosen else ()


@require_http_methods(["GET", "POST"])
@with_right(DRAFT)
def written(request: PageRequest) -> HttpResponse:
    """Take a document and open the draft that it becomes."""
    posted = request.method == "POST"
    form = WrittenForm(request.POST, request.FILES) if posted else WrittenForm()
    if posted and form.is_valid():
        try:
            return _opened(_begin(request, form))
        except RexianError as error:
            if error.status not in (404, 409, 422):
                raise
            form.add_error("document" if error.status == 422 else None, quoted(error))
    values = {
        "form": form,
        "trail": (HOME, Crumb(mark("Draft from a document"))),
    }
    return render(request, "console/standard_written.html", values, status=422 if posted else 200)


def questions_of(draft: Draft, language: str) -> list[Question]:
    """Return what is uncertain in a draft as the questions that a person settles."""
    return [_question(one, language) for one in draft.doubts]


def _question(doubt: Doubt, language: str) -> Question:
    spot = doubt.spot
    place = "" if spot.page or spot.line else spot.said(language)
    source = Source(spot.page, spot.line, doubt.quote, place)
    return Question(
        doubt.section, doubt.element, doubt.file, doubt.sentence, dict(doubt.values), source
    )


def _begin(request: PageRequest, form: WrittenForm) -> int:
    given = form.cleaned_data
    document = given["document"]
    draft = draft_written(
        document.name,
        document.read(),
        extends=form.bases,
        prefix=given["letters"].strip(),
        title=given["title"].strip(),
    )
    return begin_draft_from(
        request.person.organisation_id,
        name=draft.plan.name,
        title={"zh-Hans": draft.plan.title},
        extends=draft.plan.base.names,
        files=draft.files,
        questions=questions_of(draft, current_language()),
        origin=document.name,
        actor=request.actor,
        at=timezone.now(),
    )


def _opened(draft_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:draft", args=(draft_id,)))


urlpatterns = [path("standards/drafts/written", written, name="written-standard")]
