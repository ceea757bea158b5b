"""Addresses of the portal: the chat itself, and the widget that brings it to other sites."""

from __future__ import annotations

from rexian.portal.views import ending, files, keeping, starting, talking, widgets

_PAGES = (starting, talking, files, ending, keeping, widgets)

app_name = "portal"
urlpatterns = [pattern for page in _PAGES for pattern in page.urlpatterns]
