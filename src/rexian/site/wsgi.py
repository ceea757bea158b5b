"""The site for a WSGI server: pages and REST, with connections that last."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
application = get_wsgi_application()

# Here a thread answers one request after the other, and need not connect anew for each: on
# PostgreSQL that is 200 bare creates a second against 1,000.
connections.settings["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
