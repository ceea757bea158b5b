"""One order on a telephone: what and where, how far one is, pictures, the work done and signed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from rexian.cases.domain.helping import STATE_NAMES, Press, presses_from
from rexian.cases.services.answering import (
    FIELD,
    Answer,
    answer_notification,
    finish_work,
    finishing_move,
    send_pictures,
)
from rexian.contacts.domain.numbers import spaced
from rexian.field.doors import (
    MOST_FIELDS,
    Call,
    call_of,
    most_of_pictures,
    refusal,
    refuse_more_than,
    wants_json,
    with_call,
)
from rexian.field.forms import PicturesForm, WorkForm, ago_of, new_token, token_of
from rexian.kernel.errors import Invalid, RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.instants import local_text
from rexian.places.domain.places import PART_NAMES, Part, from_json
from rexian.standard.domain.pack.recording import FormSpec

_BUTTONS = {
    Press.TAKEN: mark("Take the order"),
    Press.ON_WAY: mark("On the way"),
    Press.ARRIVED: mark("I have arrived"),
}
_PARTS = (Part.ROAD, Part.DIRECTION, Part.STAKE, Part.POINT, Part.RAMP, Part.ADDRESS, Part.PLATE)


@require_safe
@with_call
def work(request: HttpRequest, call: Call) -> HttpResponse:
    """Show the order, and what can be pressed now."""
    return render(request, "field/work.html", _values(call))


@require_POST
@with_call
def press(request: HttpRequest, call: Call) -> HttpResponse:
    """Take that somebody took it, set out, arrived or refuses; again is the same press."""
    refuse_more_than(request, MOST_FIELDS)
    fields = request.POST
    pressed = next((one for one in Press if one.value == fields.get("press")), None)
    if pressed is None or pressed is Press.DONE:
        raise Invalid(mark("Press one of the buttons."), field="press")
    answer = Answer(
        press=pressed,
        who=fields.get("who", "")[:80],
        reason=fields.get("reason", "")[:500],
        ago=ago_of(fields.get("ago", "")),
        sent_as=token_of(fields.get("sent_as", "")),
    )
    answer_notification(call.notification.id, answer=answer, actor=FIELD, at=call.at)
    return _done(request, call)


@require_POST
@with_call
def done(request: HttpRequest, call: Call) -> HttpResponse:
    """Take that the work is done, with the order's slip and who signed; again it is done once."""
    refuse_more_than(request, MOST_FIELDS)
    form = _work_form(call, request.POST)
    if form.is_valid():
        given = form.work(
            sent_as=token_of(request.POST.get("sent_as", "")),
            ago=ago_of(request.POST.get("ago", "")),
        )
        try:
            finish_work(call.notification.id, work=given, actor=FIELD, at=call.at)
        except RexianError as error:
            if error.status != Invalid.status:
                raise
            form.refuse(error)
        else:
            return _done(request, call)
    return _refused(request, call, form)


@require_POST
@with_call
def pictures(request: HttpRequest, call: Call) -> HttpResponse:
    """Take pictures from there; the same again are the same."""
    refuse_more_than(request, most_of_pictures())
    form = PicturesForm(request.POST, request.FILES)
    if not form.is_valid():
        told = " ".join(translated(str(one)) for one in form.errors["pictures"])
        return refusal(request, Invalid(told, field="pictures"))
    send_pictures(
        call.notification.id,
        pictures=form.cleaned_data["pictures"],
        sent_as=token_of(request.POST.get("sent_as", "")),
        actor=FIELD,
        at=call.at,
    )
    return _done(request, call)


def _done(request: HttpRequest, call: Call) -> HttpResponse:
    """Show how it stands now: to the script as the part that changes, else the page anew.

    Where that was the end of the case, the key has ended with it: that too is said.
    """
    language = {"language": request.GET["language"]} if request.GET.get("language") else {}
    if not wants_json(request):
        query = f"?{urlencode(language)}" if language else ""
        return HttpResponseRedirect(call.address("work") + query)
    anew = call_of(call.key)
    part = render_to_string("field/part.html", _values(anew), request)
    return JsonResponse({"state": anew.notification.state, "part": part})


def _refused(request: HttpRequest, call: Call, form: Form) -> HttpResponse:
    """Say of each field what is wrong; what was typed stays."""
    if not wants_json(request):
        return render(request, "field/work.html", _values(call, form), status=422)
    told = {name: [translated(str(one)) for one in all_] for name, all_ in form.errors.items()}
    detail = next(iter(told.values()))[0]
    return JsonResponse({"code": "invalid", "detail": detail, "fields": told}, status=422)


def _values(call: Call, form: Form | None = None) -> dict[str, Any]:
    made, case = call.notification, call.page.case
    hidden = case.hides_customer
    unknown = hidden or made.state == Press.REFUSED  # who does not come has nobody to ring
    spec = _spec(call)
    finish, ahead = finishing_move(call.page.flow, case.state), presses_from(made.state)
    return {
        "call": call,
        "made": made,
        "case": case,
        "state": STATE_NAMES[made.state],
        "parts": _parts(call),
        "customer": "" if unknown else f"{case.name}{case.form_of_address}",
        "number": "" if unknown else case.number,
        "number_text": "" if unknown else spaced(case.number),
        "is_hidden": hidden,
        "buttons": [(one.value, _BUTTONS[one]) for one in ahead if one in _BUTTONS],
        "may_refuse": Press.REFUSED in ahead,
        "may_finish": Press.DONE in ahead and made.state != "told",
        "is_there": made.state == "arrived",
        "times": _times(call),
        "pictures": sum(one.step in _picture_steps(call) for one in call.page.files),
        "form": form or _work_form(call),
        "order": text_in(spec.title, current_language()) if spec else "",
        "needs_signature": finish is not None and "signature" in finish.needs,
        "sent_as": new_token(),
    }  # fmt: skip


def _parts(call: Call) -> list[tuple[str, str]]:
    """Return where it is, part by part, as a crew asks for it."""
    place = from_json(call.page.case.place)
    found = ((PART_NAMES[one], place.part(one)) for one in _PARTS)
    return [(name, value) for name, value in found if value]


def _times(call: Call) -> list[tuple[str, str]]:
    made, zone = call.notification, call.hotline.time_zone
    told = (
        (mark("Called at"), made.told_at),
        (mark("Call taken"), made.taken_at),
        (mark("Set out"), made.on_way_at),
        (mark("Arrived there"), made.arrived_at),
        (mark("Work done at"), made.done_at),
        (mark("Refused at"), made.refused_at),
    )
    today = local_text(call.at, zone)[:10]
    texts = ((name, local_text(at, zone)) for name, at in told if at is not None)
    return [(name, text[11:] if text[:10] == today else text[5:]) for name, text in texts]


def _picture_steps(call: Call) -> set[int]:
    return {
        one.seq
        for one in call.page.steps
        if one.kind == "photos" and one.data.get("notification") == call.notification.id
    }


def _spec(call: Call) -> FormSpec | None:
    """Return the form of the order, if the work of such a case has one."""
    finish = finishing_move(call.page.flow, call.page.case.state)
    return call.page.standard.forms.get(finish.form) if finish and finish.form else None


def _work_form(call: Call, data: Any = None) -> WorkForm:
    made, case, zone = call.notification, call.page.case, call.hotline.time_zone
    who = made.taken_by or made.name
    arrived = local_text(made.arrived_at, zone)[11:] if made.arrived_at else ""
    known = {
        "arrived_at": arrived,
        "finished_at": local_text(call.at, zone)[11:],
        "crew": who,
        "fitter": who,
    }
    spec = _spec(call)
    slip = next((one for one in reversed(call.page.slips) if spec and one.form == spec.id), None)
    return WorkForm(
        data,
        spec=spec,
        known={**known, **(slip.values if slip else {})},
        customer="" if case.hides_customer else case.name,
    )


urlpatterns = [
    path("<str:field_key>/", work, name="work"),
    path("<str:field_key>/press", press, name="press"),
    path("<str:field_key>/pictures", pictures, name="pictures"),
    path("<str:field_key>/done", done, name="done"),
]
