"""Sessions in the database, looked up many times a second."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from rexian.prepared import Prepared


class SessionStore(db.SessionStore):
    """Django's own store, which asks for a session in a query that is made once."""

    def _get_session_from_db(self) -> Session | None:
        found = _lasting.first(self.session_key or "", timezone.now())
        if found is None:
            self._session_key = None
        return found


_lasting = Prepared(lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at))
