"""The same by django-helpdesk on SQLite, as its documents set it up: made, listed, searched.

A ticket is made by the form that staff fill in, with its queue and its letter (kept in memory); the
list is what its table asks for, the search what is typed above it. There are no clocks, no journal
that cannot be changed, no rights by unit.
"""

from __future__ import annotations

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from measure import Figure

CREATES, ASKED, AT_ONCE = 300, 5, 500
_SAID = "for comparison, django-helpdesk on SQLite"
_MATTER = "柳村收费站三号车道收费员态度生硬，客户要求当事人道歉并书面答复。"


def figures(cases: int) -> Iterator[Figure]:
    """Measure with so many tickets, or say why not."""
    if importlib.util.find_spec("helpdesk") is None:
        yield Figure(_SAID, "not installed: uv sync --inexact --group comparison", "-", True)
        return
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as folder:
        command = [sys.executable, __file__, folder, str(cases)]
        ran = subprocess.run(command, check=True, capture_output=True, text=True)
    for line in ran.stdout.splitlines():
        told = json.loads(line)
        yield Figure(f"{_SAID}: {told['what']}", told["measured"], "-", True)


def _set_up(folder: Path) -> None:
    import django  # noqa: PLC0415 - with settings of its own, in a process of its own
    from django.conf import settings  # noqa: PLC0415

    settings.configure(
        SECRET_KEY="bench",  # noqa: S106 - of a database that is thrown away
        ALLOWED_HOSTS=["*"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "helpdesk.sqlite3"),
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.sites",
            "django.contrib.humanize",
            "django.contrib.staticfiles",
            "rest_framework",
            "helpdesk",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        ROOT_URLCONF=__name__,
        STATIC_URL="/static/",
        MEDIA_ROOT=str(folder),
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SITE_ID=1,
        USE_TZ=True,
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_ACTIVATE_API_ENDPOINT=False,
    )
    django.setup()
    from django.urls import include, path  # noqa: PLC0415

    globals()["urlpatterns"] = [
        path("", include("helpdesk.urls", namespace="helpdesk")),
        path("", include("django.contrib.auth.urls")),
    ]


def _measure(cases: int) -> Iterator[tuple[str, str]]:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from helpdesk.models import Queue  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    staff = get_user_model().objects.create_superuser("a", "a@example.org", "a")
    queue = Queue.objects.create(title="投诉", slug="complaints", allow_public_submission=True)
    _make(staff, queue, 5)
    begun = time.perf_counter()
    _make(staff, queue, CREATES)
    yield "tickets made", f"{CREATES / (time.perf_counter() - begun):.0f} a second"
    _fill(queue, cases)
    for what, search in (("list, newest", ""), ("search, a frequent word", "收费站"),
                         ("search, nothing there", "火星")):  # fmt: skip
        yield f"{cases:,} tickets: {what}", f"{_median(lambda s=search: _list(staff, s)):.0f} ms"


def _make(staff: Any, queue: Any, count: int) -> None:
    from helpdesk.forms import TicketForm  # noqa: PLC0415

    for number in range(count):
        given = {
            "queue": queue.pk,
            "title": f"收费员态度不好 {number}",
            "body": _MATTER,
            "submitter_email": f"c{number}@example.org",
            "priority": 3,
        }
        form = TicketForm(data=given, queue_choices=[(queue.pk, queue.title)])
        if not form.is_valid():
            raise RuntimeError(str(form.errors))
        form.save(user=staff)


def _fill(queue: Any, cases: int) -> None:
    from helpdesk.models import Ticket  # noqa: PLC0415

    for begin in range(0, cases, AT_ONCE):
        Ticket.objects.bulk_create(
            Ticket(
                queue=queue,
                title=f"收费员态度不好 {number}",
                description=f"{_MATTER}{number}" if number % 10 else f"水压不足 {number}",
                submitter_email=f"f{number}@example.org",
                priority=number % 5 + 1,
                secret_key=f"{number:036d}",
            )
            for number in range(begin, min(begin + AT_ONCE, cases))
        )


def _list(staff: Any, search: str) -> None:
    """Ask for a page of the table of tickets, as its script does, newest first."""
    from django.test import RequestFactory  # noqa: PLC0415
    from helpdesk.query import query_to_base64  # noqa: PLC0415
    from helpdesk.views.staff import datatables_ticket_list  # noqa: PLC0415

    query = query_to_base64(
        {
            "filtering": {"status__in": [1, 2]},
            "filtering_null": {},
            "sorting": "created",
            "sortreverse": True,
            "search_string": search,
        }
    )
    table = {"draw": 1, "start": 0, "length": 25, "order[0][column]": 5, "order[0][dir]": "desc"}
    request = RequestFactory().get("/datatables_ticket_list/", {**table, "search[value]": ""})
    request.user = staff
    answer = datatables_ticket_list(request, query)
    if answer.status_code != 200:
        raise RuntimeError(f"the table answered {answer.status_code}")


def _median(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


if __name__ == "__main__":
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    _set_up(Path(sys.argv[1]))
    for said, measured in _measure(int(sys.argv[2])):
        print(json.dumps({"what": said, "measured": measured}), flush=True)
