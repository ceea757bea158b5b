"""Addresses of the desk."""

from __future__ import annotations

from rexian.desk.views import (
    callbacks,
    case_calls,
    cases,
    desk,
    files,
    knowing,
    moving,
    notices,
    phrases,
    presence,
    promising,
    records,
    talking,
    today,
)

_PAGES = (
    desk,
    presence,
    talking,
    files,
    moving,
    promising,
    knowing,
    records,
    cases,
    notices,
    phrases,
    callbacks,
    case_calls,
    today,
)

app_name = "desk"
urlpatterns = [pattern for page in _PAGES for pattern in page.urlpatterns]
