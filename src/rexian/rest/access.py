"""Who asks: the holder of a token, with as much of their rights as the token was given."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from rexian.kernel.authority import Actor, authorise
from rexian.org.queries.organisations import OrganisationShown, organisation
from rexian.org.services.tokens import use_token


class Token(HttpBearer):
    """The scheme ``Authorization: Bearer`` with a token that a person has made for a machine."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:  # noqa: ARG002
        """Return the actor that the token stands for, or ``None``."""
        return use_token(token, at=timezone.now())


class TokenFor(Token):
    """The same for what asks for a right: refused before anything that was sent is read."""

    def __init__(self, right: str) -> None:
        super().__init__()
        self._right = right

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return the actor, or ``None``; raise ``RightMissing``."""
        actor = super().authenticate(request, token)
        if actor is not None:
            authorise(actor, self._right)
        return actor


class TokenRequest(HttpRequest):
    """A request that a token let in."""

    auth: Actor


def organisation_of(request: TokenRequest) -> OrganisationShown:
    """Return the organisation that the token's owner belongs to."""
    return organisation(request.auth)
