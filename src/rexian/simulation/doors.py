"""The public doors, as a browser uses them: the portal for customers, the desk for agents."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

PATIENCE = 20.0
_JSON = "application/json"

Told = Mapping[str, Any]


class Refused(Exception):
    """A door did not let something through: ``status``, and what it said."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"{status}: {said}")
        self.status = status


class Unreachable(Exception):
    """Nobody answers at the address, for now."""


class _Browser:
    """Sends forms and reads JSON, with cookies of its own and through no proxy."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.cookies = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self.cookies))

    def send(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> bytes:
        """Get a page, or post a form; raise ``Refused`` or ``Unreachable``."""
        body = urlencode(fields).encode() if fields is not None else None
        asked = {"Accept": _JSON, "Referer": f"{self.url}/", **headers}
        request = Request(f"{self.url}{path}", body, asked)  # noqa: S310 - the operator's address
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                found: bytes = answer.read()
        except HTTPError as refused:
            raise Refused(refused.code, refused.read(500).decode("utf-8", "replace")) from None
        except (OSError, HTTPException) as error:
            raise Unreachable(str(error)) from None
        return found

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, nothing for one that is not there."""
        return next((one.value or "" for one in self.cookies if one.name == name), "")


class PortalDoor:
    """A customer's telephone: begins a contact, then writes in it."""

    def __init__(self, url: str, hotline: str) -> None:
        self._browser = _Browser(url)
        self._hotline = hotline
        self._visitor = secrets.token_urlsafe(18)
        self.key = ""

    def arrive(self, *, queue: str, text: str, name: str, number: str, sent_as: str = "") -> None:
        """Begin a contact; asked again as the same, it is the same."""
        sent = {"queue": queue, "text": text, "name": name, "number": number}
        made = {"sent_as": sent_as or secrets.token_urlsafe(18), "visitor": self._visitor}
        self.key = self._told(f"/chat/{self._hotline}/", sent | made)["key"]

    def say(self, text: str, *, sent_as: str = "") -> Told:
        """Write something; the contact may have become another one."""
        sent = {"text": text, "sent_as": sent_as or secrets.token_urlsafe(18)}
        return self._moved(self._told(f"/chat/c/{self.key}/say", sent))

    def hear(self, after: int) -> Told:
        """Return how the contact stands, with the lines after one, and be seen to be there."""
        return self._moved(self._told(f"/chat/c/{self.key}/here", {"after": str(after)}))

    def leave(self) -> None:
        """End the contact, or leave the queue."""
        self._told(f"/chat/c/{self.key}/leave", {})

    def rate(self, *, solved: bool, satisfied: int, why: str) -> None:
        """Say how it went."""
        said = {"solved": "yes" if solved else "no", "satisfied": str(satisfied), "why": why}
        fields = {f"rating-{name}": value for name, value in said.items()}
        self._told(f"/chat/c/{self.key}/rating", fields)

    def _moved(self, told: Told) -> Told:
        self.key = told.get("key") or self.key
        return told

    def _told(self, path: str, fields: Mapping[str, str]) -> Told:
        read: Told = json.loads(self._browser.send(path, fields))
        return read


class DeskDoor:
    """An agent's desk: signs in, then does what the desk's page does."""

    def __init__(self, url: str) -> None:
        self._browser = _Browser(url)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; raise ``Refused`` where that is not possible."""
        page = "/account/sign-in/"
        self._browser.send(page, Accept="text/html")
        fields = {"sign_in": name, "password": password, **self._token()}
        self._browser.send(page, fields, Accept="text/html")
        if not self._browser.cookie("rexian_session"):
            raise Refused(401, name)

    def desk(self) -> Told:
        """Return how the desk stands."""
        return self._asked("/desk/state")

    def contact(self, contact: int) -> Told:
        """Return a contact with its newest lines and its guide."""
        return self._asked(f"/desk/contacts/{contact}/state")

    def be_ready(self) -> None:
        """Be ready for contacts."""
        self._does("/desk/presence", state="ready")

    def beat(self) -> str:
        """Say that the desk is open, and return how the agent stands."""
        return str(self._does("/desk/beat")["state"])

    def say(self, contact: int, text: str, *, sent_as: str = "") -> None:
        """Say something to the customer."""
        path = f"/desk/contacts/{contact}/say"
        self._does(path, text=text, sent_as=sent_as or secrets.token_urlsafe(18))

    def move(self, contact: int, move: str, **fields: str) -> None:
        """Do one of ``accept``, ``hold``, ``retrieve``, ``help``, ``end``, ``finish``."""
        self._does(f"/desk/contacts/{contact}/{move}", **fields)

    def categories(self, contact: int, text: str) -> list[str]:
        """Return the codes of the categories that words suggest."""
        query = urlencode({"q": text})
        found = self._asked(f"/desk/contacts/{contact}/categories?{query}")["found"]
        return [str(one["code"]) for one in found]

    def save_record(self, contact: int, fields: Mapping[str, str]) -> Told:
        """Save the contact record, and return its version and what it still lacks."""
        return self._does(f"/desk/contacts/{contact}/record/save", **fields)

    def _asked(self, path: str) -> Told:
        read: Told = json.loads(self._browser.send(path))
        return read

    def _does(self, path: str, **fields: str) -> Told:
        read: Told = json.loads(self._browser.send(path, {**fields, **self._token()}))
        return read

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self._browser.cookie("rexian_csrf")}
