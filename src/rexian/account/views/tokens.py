"""Tokens: what one lets machines do."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rexian.account.entrance import to
from rexian.account.forms import TokenForm
from rexian.account.pages import own_page
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.faults import show_refusal
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest, signed_in
from rexian.look.shapes import Column
from rexian.org.domain.roles import right_title
from rexian.org.queries import TokenShown, tokens_of
from rexian.org.services import make_token, revoke_token

_PAGE = "account:tokens"
_COLUMNS = (
    Column(title=mark("What it is for")),
    Column(title=mark("Begins with")),
    Column(title=mark("Rights")),
    Column(title=mark("Good until")),
    Column(title=mark("Last used")),
    Column(title=mark("Actions"), unseen=True),
)


@never_cache
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: PageRequest) -> HttpResponse:
    """List one's tokens, and make another one, whose text is shown once."""
    rights = [(one, right_title(one)) for one in sorted(request.actor.grants)]
    form = TokenForm(request.POST or None, rights=rights)
    made = _made(request, form) if form.is_valid() else ""
    if made:
        form = TokenForm(rights=rights)
    values = {
        "form": form,
        "made": made,
        "columns": _COLUMNS,
        "rows": [_row(one, request) for one in tokens_of(request.person.id, at=timezone.now())],
    }
    status = 422 if form.is_bound else 200
    return own_page(request, "account/tokens.html", _PAGE, values, status)


@signed_in
@require_POST
def revoke(request: PageRequest, token: int) -> HttpResponse:
    """Make a token worthless."""
    revoke_token(token, actor=request.actor, at=timezone.now())
    return to(_PAGE, done="token-revoked")


def _made(request: PageRequest, form: TokenForm) -> str:
    given = form.cleaned_data
    try:
        return make_token(
            request.person.id,
            name=given["name"],
            scopes=given["scopes"],
            lasts=timedelta(days=given["days"]),
            actor=request.actor,
            at=timezone.now(),
        ).text
    except RexianError as error:
        show_refusal(form, error)
        return ""


def _row(token: TokenShown, request: PageRequest) -> dict[str, object]:
    zone = request.person.time_zone
    return {
        "id": token.id,
        "name": token.name,
        "start": token.start,
        "rights": [right_title(one) for one in token.scopes],
        "until": local_text(token.expires_at, zone),
        "used": local_text(token.used_at, zone) if token.used_at else "",
    }
