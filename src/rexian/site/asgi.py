"""The site for an ASGI server: everything, streams too."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
_pages = get_asgi_application()

from django.conf import settings  # noqa: E402 - they are read above

from rexian.live.endpoint import LiveApplication  # noqa: E402 - needs the contexts loaded
from rexian.site.bodies import LimitedBodies  # noqa: E402

FORM_AROUND = 1 << 20
"""What a form may have besides its files."""

application = LiveApplication(
    LimitedBodies(_pages, most=settings.CONFIGURATION.upload_limit + FORM_AROUND)
)
