"""Collect the interface's messages from the code into the catalogues, or see that none is missing.

Run by ``make messages`` after a message has been written or changed; the new entries are then
translated by hand. With ``--check`` nothing is written: what lacks a translation is listed.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "src" / "rexian" / "locale"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"translate": None, "translate_count": (1, 2), "mark": None}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
FIELD = re.compile(r"\{(\w*)[^}]*\}")


def main() -> int:
    """Update every catalogue, or with ``--check`` list what each of them lacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, list what is missing")
    check = parser.parse_args().check
    faults = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/rexian.po")):
        catalogue = read(path)
        if check:
            faults += [f"{path.parents[1].name}: {fault}" for fault in missing(catalogue)]
        else:
            update(path, catalogue)
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


@cache
def collected() -> Catalog:
    """Return the messages that the code uses, with the files that use them."""
    found = Catalog(project="rexian", charset="utf-8")
    package = ROOT / "src" / "rexian"
    for file, _, message, comments, context in extract_from_dir(
        package, METHODS, keywords=KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [(file, 0)], auto_comments=comments, context=context)
    return found


def read(path: Path) -> Catalog:
    """Return the catalogue in ``path``."""
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name)


def update(path: Path, catalogue: Catalog) -> None:
    """Bring the catalogue in ``path`` up to the code; drop what the code no longer says."""
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    header = HEADER.format(language=path.parents[1].name, plurals=catalogue.plural_forms)
    with path.open("wb") as stream:
        stream.write(header.encode())
        write_po(
            stream, catalogue, omit_header=True, sort_output=True, include_lineno=False, width=100
        )


def missing(catalogue: Catalog) -> list[str]:
    """Return what is wrong with a catalogue: messages without a translation, or spoilt in it."""
    faults = []
    for message in collected():
        if message.id:
            faults += _faults(message, catalogue.get(message.id))
    return faults


def _faults(wanted: Message, found: Message | None) -> list[str]:
    forms = _forms(wanted.id)
    texts = _forms(found.string) if found and not found.fuzzy else ()
    if not texts or not all(texts):
        return [f"not translated: {forms[0]!r}"]
    fields = set(FIELD.findall(forms[-1]))
    spoilt = any(set(FIELD.findall(text)) != fields for text in texts)
    return [f"other words in braces: {forms[0]!r}"] if spoilt else []


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


if __name__ == "__main__":
    sys.exit(main())
