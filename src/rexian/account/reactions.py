"""Mail that follows what happened to somebody's sign-in."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from rexian.clockwork.domain.reactions import reaction
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark, translate
from rexian.org.events import PasswordLinkAsked
from rexian.org.services import make_mailed_link, note_mailed_link

_SUBJECT = mark("Set a new password")
_TEXT = mark(
    "{name},\n\nsomebody, probably you, has forgotten the password of {sign_in}. Under this "
    "address you can set a new one; it is good once, and for two hours:\n\n{address}\n\n"
    "If it was not you, do nothing: your password stays as it is.\n"
)


@reaction(
    PasswordLinkAsked,
    name="account.mail_password_link",
    outside=timedelta(minutes=2),
    title=mark("Mail a link for a new password"),
)
def mail_password_link(entry: Entry) -> None:
    """Mail the link that somebody asked for; once it has gone out, it is not sent again.

    Its secret is made here, so that it is nowhere but in the mail.
    """
    if settings.CONFIGURATION.mail is None:
        return
    person = int(entry.subject.partition(":")[2])
    made = make_mailed_link(person, entry_id=entry.id, at=timezone.now())
    if made is None:
        return
    path = reverse("account:set-password", args=[made.link.token])
    text = translate(
        _TEXT,
        made.language,
        name=made.name,
        sign_in=made.sign_in,
        address=settings.CONFIGURATION.public_url.geturl().rstrip("/") + path,
    )
    EmailMessage(translate(_SUBJECT, made.language), text, to=[made.email]).send()
    note_mailed_link(entry.id, at=timezone.now())
