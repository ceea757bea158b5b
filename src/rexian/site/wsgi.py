"""The site for a WSGI server: pages and REST, with connections that last."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rexian.site.settings")
application = get_wsgi_application()
