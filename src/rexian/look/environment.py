"""The templates of all faces: Jinja2, speaking the language of whoever looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import Environment, StrictUndefined

from rexian import __version__
from rexian.kernel.language import DEFAULT, recognise, translate, translate_count
from rexian.look.navigation import navigation_for


def environment(**options: Any) -> Environment:
    """Return the templates' environment; Django calls this once a process."""
    made = Environment(  # noqa: S701 - it is on, among the options
        **{**options, "undefined": StrictUndefined, "autoescape": True},
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        translate=translated, translate_count=counted, static=static, url=address, quoted=quoted
    )
    return made


def current_language() -> str:
    """Return the language that this request or message is answered in."""
    return recognise(get_language() or "") or DEFAULT


def translated(message: str, /, **values: object) -> str:
    """Return ``message`` in the language of whoever looks."""
    return translate(message, current_language(), **values)


def counted(one: str, many: str, count: int, /, **values: object) -> str:
    """Return ``one`` or ``many``, whichever fits, in the language of whoever looks."""
    return translate_count(one, many, count, current_language(), **values)


def address(name: str, /, *arguments: object, **values: object) -> str:
    """Return the path of a page by its name."""
    return reverse(name, args=arguments or None, kwargs=values or None)


def quoted(error: Any) -> str:
    """Return one of our errors as a sentence for whoever looks."""
    return str(error.sentence(current_language()))


def page_values(request: HttpRequest) -> dict[str, Any]:
    """Return what every page shows: who is signed in, where they are and where they can go."""
    person = getattr(request, "person", None)
    return {
        "language": current_language(),
        "person": person,
        "theme": person.theme if person else request.COOKIES.get("rexian_theme", "auto"),
        "density": person.density if person else "comfortable",
        "navigation": navigation_for(person.actor, request.path) if person else (),
        "product_version": __version__,
        "request_id": getattr(request, "id", ""),
    }
