"""The site for an ASGI server: everything, streams too."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
_pages = get_asgi_application()

from rexian.live.endpoint import LiveApplication  # noqa: E402 - needs the contexts loaded

application = LiveApplication(_pages)
