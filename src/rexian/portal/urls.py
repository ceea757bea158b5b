"""Addresses of the portal: the chat, cases in writing, and the widget for other sites."""

from __future__ import annotations

from rexian.portal.views import (
    ending,
    files,
    following,
    keeping,
    starting,
    submitting,
    talking,
    widgets,
)

_PAGES = (starting, talking, files, ending, keeping, following, submitting, widgets)

app_name = "portal"
urlpatterns = [pattern for page in _PAGES for pattern in page.urlpatterns]
