"""The keys of the desk.

Letters act only while nobody writes: an input method needs them, and so does the text. The keys
that act everywhere are function keys which neither browsers (F1, F3, F5, F6, F7, F10, F11, F12) nor
Chinese input methods use. Alt and Ctrl with a letter are left alone: they open menus of browsers,
switch tabs, and write letters on other keyboards. Nothing acts while a word is being composed.
"""

from __future__ import annotations

from dataclasses import dataclass

from rexian.kernel.language import mark


@dataclass(frozen=True, slots=True)
class Key:
    """What is done by some keys: ``keys`` as the browser calls them, each one alone is enough."""

    name: str
    title: str
    keys: tuple[str, ...]


KEYS = (
    Key("accept", mark("take what is offered"), ("F8", "a")),
    Key("ready", mark("be ready"), ("r",)),
    Key("break", mark("take a break"), ("b",)),
    Key("next", mark("to the contact that waits longest for an answer"), ("F4", "w")),
    Key("choose", mark("to the contact of that number"), ("1–9",)),
    Key("compose", mark("write; Esc leaves the field again"), ("c",)),
    Key("insert", mark("insert the words of the guide"), ("F2", "i")),
    Key("another", mark("show other words of the guide"), ("n",)),
    Key("clause", mark("show the text of the clause"), ("t",)),
    Key("hold", mark("ask, then put on hold; come back"), ("h",)),
    Key("help", mark("call the supervisor, with the reason"), ("s",)),
    Key("end", mark("end the contact; with a reason before the farewells"), ("e",)),
    Key("finish", mark("finish the work after the contact"), ("f",)),
    Key("transfer", mark("give the contact on"), ("m",)),
    Key("record", mark("write the record"), ("l",)),
    Key("urgent", mark("urgent record"), ("F9", "u")),
    Key("case", mark("make a case of the contact"), ("z",)),
    Key("press", mark("press for a case that the customer has open"), ("q",)),
    Key("add", mark("add to a case that the customer has open"), ("y",)),
    Key("withdraw", mark("withdraw a case for the customer"), ("Q",)),
    Key("number", mark("read the number back"), ("v",)),
    Key("promise", mark("make a callback of what was promised"), ("p",)),
    Key("note", mark("a note that the customer does not see"), ("x",)),
    Key("phrases", mark("phrases"), ("o",)),
    Key("notices", mark("confirm the first notice"), ("d",)),
)
