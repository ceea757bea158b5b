"""Addresses of the console."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver

_PAGES = (
    "home",
    "notices",
    "standards",
    "inspections",
    "conversations",
    "journal",
    "work",
    "organisation",
)

app_name = "console"
urlpatterns: list[URLPattern | URLResolver] = []
for _page in _PAGES:
    if find_spec(f"rexian.console.views.{_page}"):
        urlpatterns += import_module(f"rexian.console.views.{_page}").urlpatterns
