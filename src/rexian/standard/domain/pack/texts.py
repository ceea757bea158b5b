"""Texts by language, as packs write them."""

from __future__ import annotations

from rexian.standard.domain.pack.documents import Fault, Node, Written

LANGUAGES = {"zh": "zh-Hans", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en"}


class Text(dict[str, str]):
    """A text by language; a plain value in YAML is Chinese (zh-Hans)."""

    @classmethod
    def from_node(cls, node: Node) -> Text:
        """Read a plain text, or a mapping of languages to texts."""
        if not isinstance(node.value, dict):
            return cls({"zh-Hans": str(Written.from_node(node))})
        texts = cls()
        for name, value in node.entries("a text").items():
            if name not in LANGUAGES:
                raise Fault(value.place, f"a text has zh, zh-Hant and en, not {name!r}")
            texts[LANGUAGES[name]] = str(Written.from_node(value))
        return texts

    def say(self, language: str) -> str:
        """Return the text in a language; what is not said in traditional is said in simplified."""
        return self.get(language) or self.get("zh-Hans") or next(iter(self.values()), "")
