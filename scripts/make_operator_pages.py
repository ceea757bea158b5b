"""Write a page of documentation for each operator from its docstring and the table that tests it.

Run after an operator, its docstring or its table in ``tests/standard/operators`` has changed. With
``--check`` nothing is written: the pages that are not up to date are listed.
"""

from __future__ import annotations

import argparse
import inspect
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from rexian.standard.domain.language import phrases
from rexian.standard.domain.pack.conditions import COURSE, JOINING, UTTERANCE, Condition
from rexian.standard.domain.pack.documents import parse

ROOT = Path(__file__).parents[1]
TABLES = ROOT / "tests" / "standard" / "operators"
PAGES = ROOT / "docs" / "reference" / "operators"
GRAMMAR = "phrase-grammar"
KINDS = {
    "Over one utterance": UTTERANCE,
    "Over the course of a conversation": COURSE,
    "Over either": JOINING,
}
INDEX = """\
# Operators

Rules are written in a closed vocabulary: a condition is a mapping with the name of one operator.
Each has a page of examples, made from the table that tests it; in <b>bold</b> is where it holds.
"""

Group = Mapping[str, Any]
Example = Mapping[str, Any]


def main() -> int:
    """Write every page and the index, or with ``--check`` list those that differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, list what differs")
    check = parser.parse_args().check
    wanted = pages()
    differing = [name for name, text in wanted.items() if _written(PAGES / name) != text]
    surplus = [path.name for path in PAGES.glob("*.md") if path.name not in wanted]
    if check:
        print("".join(f"not up to date: {name}\n" for name in (*differing, *surplus)), end="")
        return 1 if differing or surplus else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in differing:
        (PAGES / name).write_text(wanted[name], "utf-8")
    for name in surplus:
        (PAGES / name).unlink()
    return 0


def pages() -> dict[str, str]:
    """Return the text of every page, by its file name."""
    tables = {path.stem: _groups(path) for path in sorted(TABLES.glob("*.yaml"))}
    made = {f"{name}.md": "".join(_page(name, groups)) for name, groups in tables.items()}
    return made | {"README.md": "".join(_index(tables))}


def _groups(path: Path) -> list[Group]:
    read: list[Group] = yaml.safe_load(path.read_text("utf-8"))
    return read


def _written(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def _index(tables: Mapping[str, list[Group]]) -> Iterator[str]:
    yield INDEX
    for kind in KINDS:
        yield f"\n## {kind}\n\n| operator | a condition that will |\n|---|---|\n"
        for name, groups in tables.items():
            if name != GRAMMAR and _kind(groups) == kind:
                sentence = _docstring(name, groups).split("\n\n")[0].replace("\n", " ")
                yield f"| [`{name}`]({name}.md) | {sentence[0].lower()}{sentence[1:]} |\n"
    yield f"\nHow the phrases themselves are written: [the grammar of phrases]({GRAMMAR}.md).\n"


def _page(name: str, groups: list[Group]) -> Iterator[str]:
    if name == GRAMMAR:
        yield "# The grammar of phrases\n\n"
    else:
        yield f"# `{name}`\n\n{_kind(groups)}.\n\n"
    yield f"{_docstring(name, groups)}\n"
    for group in groups:
        yield f"\n## {group['title']}\n" if "title" in group else ""
        yield f"\n```yaml\n{_shown(group)}```\n\n"
        yield from _examples(group["examples"])


def _docstring(name: str, groups: list[Group]) -> str:
    described = phrases if name == GRAMMAR else _class(groups)
    return (inspect.getdoc(described) or "").replace("``", "`")


def _class(groups: list[Group]) -> type[Condition]:
    text = yaml.safe_dump(groups[0]["is"], allow_unicode=True)
    return type(Condition.from_node(parse(text, "")))


def _kind(groups: list[Group]) -> str:
    of = _class(groups)
    return next(kind for kind, classes in KINDS.items() if of in classes)


def _shown(group: Group) -> str:
    """Return the YAML of a condition, with what it refers to."""
    known = _dumped(group["with"]) if "with" in group else ""
    return f"{known}# the condition:\n{_dumped(group['is'])}" if known else _dumped(group["is"])


def _dumped(value: Any) -> str:
    text: str = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=96)
    return text


def _examples(examples: list[Example]) -> Iterator[str]:
    facts = any("facts" in example for example in examples)
    yield "| said | known | holds |\n|---|---|---|\n" if facts else "| said | holds |\n|---|---|\n"
    for example in examples:
        holds = "yes" if example.get("holds", "place" in example) else "no"
        known = f" {_facts(example.get('facts', {}))} |" if facts else ""
        yield f"| {_talk(example)} |{known} {holds} |\n"


def _facts(facts: Mapping[str, str | None]) -> str:
    return ", ".join(f"{name}: {value or 'unknown'}" for name, value in facts.items())


def _talk(example: Example) -> str:
    """Return what is said, with the place where the condition holds in bold."""
    place = example.get("place")
    lines = list(example.get("talk", [example.get("said")]))
    if isinstance(place, str):
        lines[-1] = lines[-1].replace(place, f"<b>{place}</b>", 1)
    elif place is not None:
        turns = [number for number, line in enumerate(lines) if not line.startswith("[")]
        for turn in place:
            lines[turns[turn]] = f"<b>{lines[turns[turn]]}</b>"
    return "<br>".join(lines)


if __name__ == "__main__":
    sys.exit(main())
