"""Addresses of the page for the field."""

from __future__ import annotations

from rexian.field.views import working

app_name = "field"
urlpatterns = working.urlpatterns
