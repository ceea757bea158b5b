"""The interface's language: English messages in code, catalogues for Chinese, Chinese by default.

A message is written in English where it is used and looked up by ``translate``. Words that vary are
named in braces and passed by name, so that a translation may put them in another order. Standards
carry their own texts; ``text_in`` picks among them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

_DOMAIN = "rexian"


class Language(StrEnum):
    """The languages that the interface speaks, by the name that the Web gives them (BCP 47)."""

    CHINESE = "zh-Hans"
    TRADITIONAL_CHINESE = "zh-Hant"
    ENGLISH = "en"


DEFAULT = Language.CHINESE

_NEAREST = {
    Language.CHINESE: (Language.CHINESE, Language.TRADITIONAL_CHINESE, Language.ENGLISH),
    Language.TRADITIONAL_CHINESE: (
        Language.TRADITIONAL_CHINESE,
        Language.CHINESE,
        Language.ENGLISH,
    ),
    Language.ENGLISH: (Language.ENGLISH, Language.CHINESE),
}
_WRITTEN_TRADITIONALLY = frozenset({"hant", "tw", "hk", "mo"})


def translate(message: str, language: str = DEFAULT, /, **values: object) -> str:
    """Return ``message`` in ``language``, its braces filled with ``values``.

    A language or a message that no catalogue knows leaves the English as it stands; nothing stays
    nothing (a catalogue keeps its header there).
    """
    text = _catalogue(language).gettext(message) if message else ""
    return text.format(**values) if values else text


def translate_count(
    one: str, many: str, count: int, language: str = DEFAULT, /, **values: object
) -> str:
    """Return ``one`` or ``many`` in ``language``, whichever fits; ``{count}`` is filled too."""
    text = _catalogue(language).ngettext(one, many, count)
    return text.format(count=count, **values)


def mark(message: str) -> str:
    """Return ``message`` unchanged: it is translated where it is shown, and collected here."""
    return message


def text_in(texts: Mapping[str, str], language: str) -> str:
    """Return the text in ``language``, else in the nearest language there is, else nothing."""
    recognised = recognise(language)
    for candidate in _NEAREST.get(recognised, ()) if recognised else ():
        if texts.get(candidate):
            return texts[candidate]
    return next(iter(texts.values()), "")


def choose_language(asked: str | None, environment: Mapping[str, str]) -> Language:
    """Return the language asked for, else that of the environment, else Chinese.

    ``REXIAN_LANGUAGE`` is heeded before the locale (``LC_ALL``, ``LC_MESSAGES``, ``LANG``), which
    counts where it names Chinese or English: the first one set decides, as POSIX has it.
    """
    named = asked or environment.get("REXIAN_LANGUAGE") or _locale(environment)
    return recognise(named) or DEFAULT


def recognise(name: str) -> Language | None:
    """Return the language that a name such as ``zh-TW`` or ``en_GB.UTF-8`` means, if it is ours."""
    parts = name.partition(".")[0].partition("@")[0].replace("_", "-").lower().split("-")
    if parts[0] == "en":
        return Language.ENGLISH
    if parts[0] != "zh":
        return None
    traditional = "hans" not in parts and not _WRITTEN_TRADITIONALLY.isdisjoint(parts)
    return Language.TRADITIONAL_CHINESE if traditional else Language.CHINESE


def _locale(environment: Mapping[str, str]) -> str:
    return next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")


@cache
def _catalogue(language: str) -> NullTranslations:
    folder = files("rexian") / "locale" / language.replace("-", "_") / "LC_MESSAGES"
    try:
        with (folder / f"{_DOMAIN}.mo").open("rb") as stream:
            return GNUTranslations(stream)
    except FileNotFoundError:
        return NullTranslations()
