"""Addresses of the console."""

from __future__ import annotations

from rexian.console.views import (
    conversations,
    home,
    inspections,
    journal,
    notices,
    organisation,
    standards,
    work,
)

_PAGES = (home, notices, standards, inspections, conversations, journal, work, organisation)

app_name = "console"
urlpatterns = [pattern for page in _PAGES for pattern in page.urlpatterns]
