"""What is uncertain in a draft, each in a sentence that a person answers by settling it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rexian.kernel.language import mark, translate
from rexian.standard.domain.drafting.blocks import Spot

NOT_SURELY_WORDING = mark("Is “{words}” wording that is to be said? The document does not say so.")
NOT_SURELY_FORBIDDEN = mark("Are the words “{words}” forbidden, or is it a way to behave?")
NARROW_SENSE = mark(
    "In which sense is “{words}” forbidden? The draft takes it only where it is all that is said."
)
WHEN_DUE = mark("When are these words due? The draft only notices that they were said.")
SUSPECTED = mark("Is leaving this out a fault? The draft only suspects it.")
OPEN_FIGURE = mark("“{words}” leaves the figure open: fill it in.")
UNCLEAR_TIME = mark("What does “{words}” come to? Nothing in a standard is written so.")
SOFT_FIGURE = mark("“{words}” is meant as a wish ({soft}): does missing it count?")
NO_FIGURE = mark("“{words}” names no figure: which is meant?")
UNKNOWN_RATE = mark(
    "Which figure is “{words}”? It is kept as a parameter, and nothing counts it yet."
)
ROUGH_RATE = mark("How much faster or slower than “{words}” is still right? The draft allows 15 %.")
NUMBERS_MISSING = mark("Numbers are missing before {label}: was something lost?")
NUMBER_TWICE = mark("{label} stands here a second time: the draft calls it {clause}.")
NUMBER_OURS = mark("The document does not number this: the draft calls it {clause}.")
BEFORE_FIRST = mark("This stands before the first clause and is no clause of the draft: is it one?")
UNKNOWN_MARK = mark("What does {words} stand for in the wording?")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One uncertain thing of an element, asked in a sentence; ``quote`` is what the document says.

    ``sentence`` is a message in English that is filled with ``values`` and translated when shown.
    """

    section: str
    element: str
    file: str
    sentence: str
    spot: Spot
    quote: str
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """Return the question in ``language``."""
        return translate(self.sentence, language, **self.values)
