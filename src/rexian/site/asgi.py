"""The site for an ASGI server: everything, streams too."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - they are read above
from django.db import connections  # noqa: E402

from rexian.live.endpoint import LiveApplication  # noqa: E402 - needs the contexts loaded
from rexian.site.bodies import LimitedBodies  # noqa: E402
from rexian.site.pages import Pages  # noqa: E402

FORM_AROUND = 1 << 20
"""What a form may have besides its files."""

application = LiveApplication(
    LimitedBodies(Pages(), most=settings.CONFIGURATION.upload_limit + FORM_AROUND)
)

# A thread answers one request after the other, and need not connect anew for each.
connections.settings["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
