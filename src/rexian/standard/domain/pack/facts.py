"""The facts of a contact on which a rule may depend, and the values that each may have."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rexian.standard.domain.pack.decoding import decode, suggest
from rexian.standard.domain.pack.documents import Fault, Node

FACTS: Mapping[str, tuple[str, ...]] = {
    "channel": ("phone", "chat", "counter"),
    "direction": ("in", "out"),
    "case_type": ("enquiry", "help", "complaint", "suggestion", "nuisance", "none"),
    "case_class": ("simple", "complex"),
    "day": ("holiday", "workday"),
}
UNKNOWN = "unknown"
NOT = "not "


class FactTest(dict[str, tuple[str, ...]]):
    """The facts to which a rule is bound: one of the values, or ``not`` and a value."""

    @classmethod
    def from_node(cls, node: Node) -> FactTest:
        """Read ``{channel: [phone, chat], case_type: not nuisance}``."""
        found = cls()
        for name, value in named_facts(node, "if").items():
            found[name] = decode(value, tuple[str, ...], name)
            negated = {one.startswith(NOT) for one in found[name]}
            if len(negated) != 1:
                raise Fault(value.place, f"{name} has values, or values with 'not', never both")
            for one in found[name]:
                _refuse_unknown(name, one.removeprefix(NOT), value, FACTS[name])
        return found


def fact_values(node: Node) -> dict[str, tuple[str, ...]]:
    """Read facts, each with one value or a list of values."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in named_facts(node, "fact").items():
        found[name] = decode(value, tuple[str, ...], name)
        for one in found[name]:
            _refuse_unknown(name, one, value, FACTS[name])
    return found


def example_facts(node: Node) -> dict[str, str]:
    """Read the facts of an example, one value each; ``unknown`` is a value too."""
    found: dict[str, str] = {}
    for name, value in named_facts(node, "facts").items():
        found[name] = decode(value, str, name)
        _refuse_unknown(name, found[name], value, (*FACTS[name], UNKNOWN))
    return found


def named_facts(node: Node, what: str) -> dict[str, Node]:
    """Return the values of facts by their names; raise ``Fault`` for a name that none has."""
    entries = node.entries(what)
    if not entries:
        raise Fault(node.place, f"{what} names no fact")
    for name, value in entries.items():
        if name not in FACTS:
            raise Fault(value.place, f"no fact is called {name!r}{suggest(name, FACTS)}")
    return entries


def _refuse_unknown(name: str, value: str, node: Node, known: Collection[str]) -> None:
    if value not in known:
        listed = ", ".join(known)
        reason = f"{name} is one of {listed}, not {value!r}{suggest(value, known)}"
        raise Fault(node.place, reason)
