"""The widget: one script that brings the chat to another site, and a page to try it on."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from rexian.kernel.language import Language, mark, translate
from rexian.portal.doors import Hall, with_hotline

_WORDS = {
    "open": mark("Chat with us"),
    "close": mark("Close the chat"),
    "title": mark("Chat with the hotline"),
    "unread": mark("{count} new messages"),
}
_LASTING = "public, max-age=300, stale-while-revalidate=86400"


@require_safe
@with_hotline
def script(request: HttpRequest, hall: Hall) -> HttpResponse:  # noqa: ARG001 - any hotline's is the same
    """Hand out the script; browsers keep it for five minutes, then ask whether it is still good."""
    source = widget_source()
    tag = f'W/"{sha256(source).hexdigest()[:16]}"'
    if tag in request.headers.get("If-None-Match", ""):
        answer: HttpResponse = HttpResponseNotModified()
    else:
        answer = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = _LASTING
    # Other sites load it: that is what it is for, whatever they demand of what they load.
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
@with_hotline
def trial(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Show the widget at work, and the line that puts it on another site."""
    public = settings.CONFIGURATION.public_url.geturl().rstrip("/")
    address = reverse("portal:widget", kwargs={"code": hall.hotline.code})
    values = {
        "place": hall,
        "hotline": hall.hotline,
        "address": address,
        "tag": f'<script src="{public}{address}" async></script>',
        "sites": hall.hotline.sites,
    }
    return render(request, "portal/try.html", values)


@cache
def widget_source() -> bytes:
    """Return the script with its words in all languages, so that it asks for nothing more."""
    found = files("rexian.portal") / "static" / "portal" / "widget.js"
    words = {
        one.value: {name: translate(text, one) for name, text in _WORDS.items()} for one in Language
    }
    said = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return found.read_text("utf-8").replace("__WORDS__", said).encode()


urlpatterns = [
    path("widget/<slug:code>.js", script, name="widget"),
    path("widget/<slug:code>/try", trial, name="try"),
]
