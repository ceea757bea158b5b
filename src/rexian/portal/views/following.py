"""A customer's case: how it stands, and what they can do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from rexian.cases.queries.files import file_content
from rexian.cases.queries.public import public_file
from rexian.cases.services.customers import (
    add_to_case,
    press_case,
    rate_case,
    resume_case,
    withdraw_case,
)
from rexian.contacts.queries import attachment_limit
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import quoted
from rexian.look.faults import show_refusal
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.shapes import Notice, Tone
from rexian.portal.case_forms import MOST_PICTURES, AddForm, WithdrawForm
from rexian.portal.case_words import (
    latest_word,
    next_of,
    rating_of,
    stages_of,
    standing_of,
    steps_of,
)
from rexian.portal.doors import Followed, with_case
from rexian.portal.forms import RatingForm, new_token, token_of
from rexian.portal.limits import fields_of, refuse_more_than
from rexian.portal.telling import PORTAL

_NOTHING: Mapping[str, object] = MappingProxyType({})
_DONE: Mapping[str, str] = {
    "added": mark("Thank you. Whoever has your request sees what you added."),
    "pressed": mark("We have told whoever has your request that you are waiting."),
    "withdrawn": mark("Your request is withdrawn."),
    "rated": mark("Thank you. Those in charge read what you have said."),
    "again": mark("We take it up again."),
    "resumed": mark("Thank you. We go on with it."),
}


@require_safe
@with_case
def case(request: HttpRequest, place: Followed) -> HttpResponse:
    """Show where the case stands, its way so far, and what can be done."""
    return _page(request, place, notices=notices_of(request, _DONE))


@require_safe
@with_case
def slip(request: HttpRequest, place: Followed) -> HttpResponse:
    """Show the receipt of the case, for printing."""
    public = settings.CONFIGURATION.public_url.geturl().rstrip("/")
    values = {
        **_values(place),
        "printed_at": local_text(place.at, place.hotline.time_zone),
        "address": public + reverse("portal:follow", kwargs={"code": place.hotline.code}),
    }
    return render(request, "portal/slip.html", values)


@require_safe
@with_case
def file(request: HttpRequest, place: Followed, file_id: int) -> HttpResponse:  # noqa: ARG001 - the form of a view
    """Hand out a file: a picture to look at, everything else only to keep."""
    found = public_file(place.case_id, file_id)
    _, content = file_content(place.case_id, file_id, actor=PORTAL)
    answer = HttpResponse(content, content_type=found.media_type)
    kept = content_disposition_header(as_attachment=not found.is_picture, filename=found.name)
    answer["Content-Disposition"] = kept or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=600"
    return answer


@require_POST
@with_case
def add(request: HttpRequest, place: Followed) -> HttpResponse:
    """Take more words and pictures."""
    refuse_more_than(request, MOST_PICTURES * attachment_limit())
    form = AddForm(request.POST, request.FILES, prefix="add")

    def deed() -> object:
        given = form.cleaned_data
        return add_to_case(
            place.case_id,
            text=given["text"],
            files=given["pictures"],
            sent_as=_sent_as(request.POST.get("sent_as", "")),
            at=place.at,
        )

    return _done(request, place, form, deed, "added", "add")


@require_POST
@with_case
def press(request: HttpRequest, place: Followed) -> HttpResponse:
    """Hear that the customer is waiting."""
    return _done(request, place, None, lambda: press_case(place.case_id, at=place.at), "pressed")


@require_POST
@with_case
def resume(request: HttpRequest, place: Followed) -> HttpResponse:
    """Hear that what was asked for has been given."""
    sent_as = _sent_as(fields_of(request).get("sent_as", ""))

    def deed() -> object:
        return resume_case(place.case_id, sent_as=sent_as, at=place.at)

    return _done(request, place, None, deed, "resumed")


@require_POST
@with_case
def withdraw(request: HttpRequest, place: Followed) -> HttpResponse:
    """Take the request back, with its reason."""
    fields = fields_of(request)
    form = WithdrawForm(fields, prefix="withdraw")

    def deed() -> object:
        return withdraw_case(
            place.case_id,
            reason=form.cleaned_data["reason"],
            sent_as=_sent_as(fields.get("sent_as", "")),
            at=place.at,
        )

    return _done(request, place, form, deed, "withdrawn", "withdraw")


@require_POST
@with_case
def rate(request: HttpRequest, place: Followed) -> HttpResponse:
    """Hear whether it is solved, and how satisfied they are."""
    fields = fields_of(request)
    form = RatingForm(fields, prefix="rating")

    def deed() -> object:
        given = form.cleaned_data
        return rate_case(
            place.case_id,
            solved=given["solved"] == "yes",
            satisfied=int(given["satisfied"]),
            why=given["why"],
            sent_as=_sent_as(fields.get("sent_as", "")),
            at=place.at,
        )

    is_again = fields.get("rating-solved") == "no" and "reopen" in place.case.acts
    return _done(request, place, form, deed, "again" if is_again else "rated", "rating")


def _done(
    request: HttpRequest,
    place: Followed,
    form: Form | None,
    deed: Callable[[], object],
    done: str,
    name: str = "",
) -> HttpResponse:
    """Do what was asked for and show the case anew; else say what is wrong, where it was said."""
    if form is None or form.is_valid():
        try:
            deed()
        except RexianError as error:
            return _refused(request, place, form, name, error)
        address = place.address("case")
        return HttpResponseRedirect(f"{address}{'&' if place.suffix else '?'}done={done}")
    return _page(request, place, status=422, values={name: form})


def _refused(
    request: HttpRequest, place: Followed, form: Form | None, name: str, error: RexianError
) -> HttpResponse:
    if form is None or error.status != 422:
        notices = (Notice(quoted(error), Tone.BAD),)
        typed = {name: form} if form is not None else _NOTHING
        return _page(request, place, status=error.status, notices=notices, values=typed)
    if error.details.get("field") == "reason" and "why" in form.fields:
        form.add_error("why", quoted(error))
    else:
        show_refusal(form, error)
    return _page(request, place, status=422, values={name: form})


def _page(
    request: HttpRequest,
    place: Followed,
    *,
    status: int = 200,
    notices: tuple[Notice, ...] = (),
    values: Mapping[str, object] = _NOTHING,
) -> HttpResponse:
    steps = steps_of(place)
    shown = {
        **_values(place),
        "is_new": request.GET.get("done") == "submitted",
        "notices": notices,
        "stages": stages_of(place.case),
        "steps": steps,
        "latest": latest_word(steps),
        "rated": rating_of(place.case),
        "rating": RatingForm(prefix="rating"),
        "add": AddForm(prefix="add"),
        "withdraw": WithdrawForm(prefix="withdraw"),
        "sent_as": new_token(),
    }
    return render(request, "portal/case.html", {**shown, **values}, status=status)


def _values(place: Followed) -> dict[str, object]:
    return {
        "place": place,
        "hotline": place.hotline,
        "case": place.case,
        "standing": standing_of(place),
        "next": next_of(place),
        "taken_at": local_text(place.case.taken_at, place.hotline.time_zone),
        "text_of": partial(_text_of, place.language),
    }


def _text_of(language: str, words: Mapping[str, str]) -> str:
    return text_in(words, language)


def _sent_as(text: str) -> str:
    return token_of(text) or new_token()


urlpatterns = [
    path("service/c/<str:case_key>/", case, name="case"),
    path("service/c/<str:case_key>/slip", slip, name="case-slip"),
    path("service/c/<str:case_key>/files/<int:file_id>", file, name="case-file"),
    path("service/c/<str:case_key>/add", add, name="case-add"),
    path("service/c/<str:case_key>/press", press, name="case-press"),
    path("service/c/<str:case_key>/resume", resume, name="case-resume"),
    path("service/c/<str:case_key>/withdraw", withdraw, name="case-withdraw"),
    path("service/c/<str:case_key>/rating", rate, name="case-rate"),
]
