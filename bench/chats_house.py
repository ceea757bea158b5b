"""Found the house that ``chats.py`` measures: a demonstration with so many agents more."""

from __future__ import annotations

import json
import sys
from datetime import timedelta


def people(agents: int) -> list[tuple[int, str]]:
    """Found it in this home; return each agent's number and a session of theirs."""
    import django  # noqa: PLC0415 - it needs settings
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import transaction  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.kernel.authority import Actor  # noqa: PLC0415
    from rexian.org.domain.roles import Role  # noqa: PLC0415
    from rexian.site.demonstration import STANDARDS, found_demonstration  # noqa: PLC0415
    from rexian.standard.services.publishing import publish_shipped  # noqa: PLC0415

    parts = tuple(
        (Role.AGENT, "team-1", f"agent-{one}", f"坐席{one}", str(2000 + one), "")
        for one in range(agents)
    )
    with transaction.atomic():
        founded = found_demonstration(now(), besides=parts)
        machine = Actor.system("bench")
        publish_shipped(founded.organisation, names=STANDARDS, actor=machine, at=now())
    there = [one.id for one in founded.people if one.sign_in.startswith("agent-")]
    return [(one, _session(one)) for one in there]


def _session(person: int) -> str:
    """Return a session of somebody's, as signing in would begin it."""
    from django.contrib.auth import (  # noqa: PLC0415
        BACKEND_SESSION_KEY,
        HASH_SESSION_KEY,
        SESSION_KEY,
        get_user_model,
    )
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    store = SessionStore()
    store[SESSION_KEY] = str(person)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = get_user_model().objects.get(pk=person).get_session_auth_hash()
    store.set_expiry(timedelta(days=1))
    store.create()
    return store.session_key or ""


if __name__ == "__main__":
    print(json.dumps(people(int(sys.argv[1]))), flush=True)
