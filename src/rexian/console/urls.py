"""Addresses of the console."""

from __future__ import annotations

from rexian.console.views import (
    callbacks,
    case_directory,
    case_dispatch,
    case_duty,
    case_exports,
    case_joining,
    case_letters,
    case_moves,
    case_slips,
    case_taking,
    cases,
    contacts,
    conversations,
    figures,
    floor,
    home,
    hotlines,
    inspections,
    journal,
    notices,
    organisation,
    places,
    standards,
    work,
)

_PAGES = (
    case_directory,
    case_duty,
    case_dispatch,
    case_slips,
    home,
    floor,
    contacts,
    figures,
    callbacks,
    cases,
    case_taking,
    case_moves,
    case_joining,
    case_exports,
    case_letters,
    notices,
    standards,
    inspections,
    conversations,
    journal,
    work,
    hotlines,
    places,
    organisation,
)

app_name = "console"
urlpatterns = [pattern for page in _PAGES for pattern in page.urlpatterns]
