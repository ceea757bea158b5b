"""XML from outside as a tree: a document that declares entities is refused before any is read."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

DEEPEST = 400


class BadXml(ValueError):
    """Not well-formed, nested without end, or with declarations of its own."""


def parse(content: bytes) -> Element:
    """Return the root of a document, names written as ``{namespace}name``."""
    parser, builder, depth = ParserCreate(namespace_separator="}"), TreeBuilder(), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise BadXml
        builder.start(_name(name), {_name(key): one for key, one in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    def refuse(*_: Any) -> None:
        raise BadXml

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except (ExpatError, ValueError) as error:
        raise BadXml from error
    return builder.close()


def _name(name: str) -> str:
    return "{" + name if "}" in name else name
