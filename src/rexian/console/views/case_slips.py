"""The slips of a case: fill one in, sign it, see what changed, keep it on paper, print it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.cases.domain.rights import SEE
from rexian.cases.queries.slips import Change, SlipPage, slip_page
from rexian.cases.services.signing import Signature, attach_paper, fill_slip, sign
from rexian.console.case_forms import (
    MISSING,
    VALUE,
    Choosable,
    answers,
    sheet_fields,
)
from rexian.console.case_page import HOME
from rexian.console.cases import customer_of, number_text
from rexian.console.contact_parts import contact_part
from rexian.console.slip_paper import WIDE, Box, Paper, Signed, boxes_of, rows_of, said
from rexian.console.telling import instant, size, who
from rexian.contacts.queries import hotline, record_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Conflict, NotFound, RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.look.faults import show_refusal
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, signed_in, with_right
from rexian.look.shapes import Crumb
from rexian.standard.domain.forms import FaultCode, check_form

_READER = Actor.system("console")
DONE = {
    "saved": mark("The slip is saved."),
    "signed": mark("The slip is signed."),
    "attached": mark("The paper is kept with the slip."),
}


class SlipForm(forms.Form):
    """A slip to fill in; ``version`` is that of the slip as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, shown: SlipPage, data: Any = None) -> None:
        slip = shown.slip
        super().__init__(data, initial={"version": slip.version if slip else 0}, auto_id="slip-%s")
        self._spec = shown.spec
        known = slip.values if slip else {}
        choosable = Choosable(sheet=shown.spec, values=known, missing=slip.missing if slip else {})
        self.fields |= sheet_fields(choosable)

    def clean(self) -> dict[str, Any]:
        """Say of every field at once what the form does not take."""
        data = super().clean() or {}
        faults = check_form(self._spec, answers(data, VALUE), answers(data, MISSING))
        for one in faults:
            name = f"{VALUE}{one.field}"
            if one.code is not FaultCode.NEEDED and name not in self.errors:
                field = name if name in self.fields else None
                self.add_error(field, one.sentence(current_language()))
        return data


class SignForm(forms.Form):
    """Who signs a slip: by drawing, or by one's own password."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signer = forms.CharField(label=mark("Name of who signs"), max_length=80, required=False)
    drawing = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40_000)
    password = forms.CharField(
        label=mark("Your password"), required=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class PaperForm(forms.Form):
    """A slip that came on paper."""

    file = forms.FileField(label=mark("Scanned or faxed slip"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def slip(request: PageRequest, case_id: int, form_id: str) -> HttpResponse:
    """Show a slip with its versions, and fill it in; nothing that was typed is lost."""
    shown = slip_page(case_id, form_id, round_=_round(request), actor=request.actor)
    form = SlipForm(shown, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            fill_slip(
                case_id,
                form=form_id,
                values=answers(data, VALUE),
                missing=answers(data, MISSING),
                version=data["version"],
                actor=request.actor,
                at=timezone.now(),
            )
        except NotFound:
            raise
        except RexianError as error:
            _refuse(form, error, shown)
        else:
            return HttpResponseRedirect(f"{_address(case_id, form_id)}?done=saved")
    return _show(request, shown, form=form)


@require_POST
@with_right(SEE)
def sign_slip(request: PageRequest, case_id: int, form_id: str) -> HttpResponse:
    """Sign a slip as it stands."""
    shown = slip_page(case_id, form_id, actor=request.actor)
    form = SignForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        names = ("signer", "drawing", "password")
        try:
            sign(
                case_id,
                form=form_id,
                signature=Signature(**{name: data[name] for name in names}),
                version=data["version"],
                actor=request.actor,
                at=timezone.now(),
            )
        except NotFound:
            raise
        except RexianError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(f"{_address(case_id, form_id)}?done=signed#signature")
    return _show(request, shown, signing=form)


@require_POST
@with_right(SEE)
def attach(request: PageRequest, case_id: int, form_id: str) -> HttpResponse:
    """Keep a slip that came on paper or by fax."""
    shown = slip_page(case_id, form_id, actor=request.actor)
    form = PaperForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attach_paper(
                case_id,
                form=form_id,
                name=file.name or "",
                content=file.read(),
                actor=request.actor,
                at=timezone.now(),
            )
        except NotFound:
            raise
        except RexianError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(f"{_address(case_id, form_id)}?done=attached#papers")
    return _show(request, shown, paper=form)


@require_safe
@with_right(SEE)
def print_slip(request: PageRequest, case_id: int, form_id: str) -> HttpResponse:
    """Show a slip as the organisation's paper, to be printed."""
    shown = slip_page(case_id, form_id, round_=_round(request), actor=request.actor)
    case, zone = shown.page.case, request.person.time_zone
    line = hotline(case.hotline, actor=_READER)
    slip = shown.slip
    head = [
        Box(translated(mark("Customer")), customer_of(case)),
        Box(translated(mark("Telephone number")), number_text(case, request.actor)),
        Box(translated(mark("Taken")), instant(case.taken_at, zone)),
        Box(translated(mark("With the unit")), case.unit_name),
    ]
    if case.outside_number and shown.spec.find("body_number") is None:
        head.append(Box(translated(mark("Outside number")), case.outside_number))
    if case.place_text and shown.spec.find("place") is None:
        head.append(Box(translated(mark("Place")), case.place_text, is_wide=True))
    body = boxes_of(shown.spec, slip.values if slip else {}, slip.missing if slip else {})
    paper = Paper(
        line.company,
        text_in(shown.spec.title, current_language()),
        case.reference,
        (*rows_of(head), *rows_of(body)),
        _signed(shown, zone),
        _notes(shown, request),
    )
    return render(request, "console/slip_print.html", {"paper": paper})


@require_safe
@signed_in
def print_contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show the record of a contact (来电记录) as the organisation's paper, to be printed."""
    values = contact_part(request, contact_id)
    shown = values["contact"]
    line = hotline(shown.hotline, actor=_READER)
    record = record_of(contact_id)
    saved = [translated(mark("version {number}"), number=record.version)] if record else []
    facts = [*values["facts"], *values["record_facts"]]
    boxes = [
        Box(translated(mark("Customer")), values["customer"]),
        *(
            Box(translated(one.name), str(one.value), len(str(one.value)) > WIDE)
            for one in facts
            if one.value
        ),
    ]
    paper = Paper(
        line.company,
        translated(mark("Record of a contact")),
        str(contact_id),
        rows_of(boxes),
        None,
        (*saved, _printed(request)),
    )
    return render(request, "console/slip_print.html", {"paper": paper})


def _show(
    request: PageRequest,
    shown: SlipPage,
    *,
    form: SlipForm | None = None,
    signing: SignForm | None = None,
    paper: PaperForm | None = None,
) -> HttpResponse:
    case, zone = shown.page.case, request.person.time_zone
    title = text_in(shown.spec.title, current_language())
    slip = shown.slip
    codes = {f"person:{one.filled_by}" for one in shown.versions if one.filled_by}
    names = who(codes, request)
    version = slip.version if slip else 0
    tried = next((one for one in (form, signing, paper) if one is not None and one.is_bound), None)
    values = {
        "case": case,
        "shown": shown,
        "slip": slip,
        "title": title,
        "form": form or SlipForm(shown),
        "signing": signing or SignForm(initial={"version": version, "signer": ""}),
        "paper": paper or PaperForm(),
        "lacking": _lacking(shown),
        "boxes": list(boxes_of(shown.spec, slip.values, slip.missing)) if slip else [],
        "signed": _signed(shown, zone),
        "versions": [_version(one, shown, names, zone) for one in shown.versions],
        "size": size,
        "trail": (HOME, Crumb(case.reference, reverse("console:case", args=(case.id,))),
                  Crumb(title)),
        "notices": notices_of(request, DONE),
    }  # fmt: skip
    status = 422 if tried is not None and tried.errors else 200
    return render(request, "console/case_slip.html", values, status=status)


def _refuse(form: SlipForm, error: RexianError, shown: SlipPage) -> None:
    """Say why it was not saved; after a conflict the next try is against what stands there now."""
    field = f"{VALUE}{error.details.get('field', '')}"
    form.add_error(field if field in form.fields else None, quoted(error))
    if isinstance(error, Conflict):
        version = str(shown.slip.version if shown.slip else 0)
        form.data = {**dict(form.data.items()), "version": version}


def _lacking(shown: SlipPage) -> list[str]:
    """Return the labels of what is wanted before it can be signed."""
    slip = shown.slip
    if slip is None:
        return []
    faults = check_form(shown.spec, slip.values, slip.missing)
    return [one.label.say(current_language()) for one in faults]


def _version(one: Any, shown: SlipPage, names: Any, zone: str) -> dict[str, Any]:
    return {
        "number": one.version,
        "at": instant(one.filled_at, zone),
        "by": names.get(f"person:{one.filled_by}", translated(mark("from the field"))),
        "signed": f"{one.signer} · {instant(one.signed_at, zone)}" if one.signed_at else "",
        "changes": [_change(each, shown) for each in one.changes],
    }


def _change(one: Change, shown: SlipPage) -> tuple[str, str, str]:
    spec = shown.spec.find(one.field)
    if spec is None:
        return one.field, one.before, one.after
    told = []
    for each in (one.before, one.after):
        reason = each.removeprefix("?") if each.startswith("?") else ""
        told.append(said(spec, "" if reason else each, reason, shown.spec))
    return text_in(spec.label, current_language()), told[0], told[1]


def _signed(shown: SlipPage, zone: str) -> Signed | None:
    slip, spec = shown.slip, shown.spec
    label = text_in(spec.signed_by, current_language()) or translated(mark("Signed by"))
    if slip is None or slip.signed_at is None:
        return Signed(label, "", "") if spec.signed_by else None
    drawn = b64encode(slip.signature.encode()).decode() if slip.signature else ""
    picture = f"data:image/svg+xml;base64,{drawn}" if drawn else ""
    return Signed(label, slip.signer, instant(slip.signed_at, zone), picture)


def _notes(shown: SlipPage, request: PageRequest) -> tuple[str, ...]:
    slip, zone = shown.slip, request.person.time_zone
    if slip is None:
        return (_printed(request),)
    filler = who({f"person:{slip.filled_by}"}, request).get(f"person:{slip.filled_by}", "")
    filled = translated(
        mark("Filled in by {name}, {instant}, version {number}"),
        name=filler or translated(mark("from the field")),
        instant=instant(slip.filled_at, zone),
        number=slip.version,
    )
    return filled, _printed(request)


def _printed(request: PageRequest) -> str:
    at = instant(timezone.now(), request.person.time_zone)
    return translated(mark("Printed {at}"), at=at)


def _round(request: PageRequest) -> int | None:
    text = request.GET.get("round", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _address(case_id: int, form_id: str) -> str:
    return reverse("console:case-slip", args=(case_id, form_id))


urlpatterns = [
    path("cases/<int:case_id>/slips/<slug:form_id>/", slip, name="case-slip"),
    path("cases/<int:case_id>/slips/<slug:form_id>/sign", sign_slip, name="sign-slip"),
    path("cases/<int:case_id>/slips/<slug:form_id>/attach", attach, name="attach-paper"),
    path("cases/<int:case_id>/slips/<slug:form_id>/print", print_slip, name="print-slip"),
    path("contacts/<int:contact_id>/print", print_contact, name="print-contact"),
]
