"""An inspected conversation is written down and comes back exactly as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rexian.dialogue.domain.conversations import Conversation, Label
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.keeping import read, written
from rexian.standard.domain.events import Facts, Signal, SignalName, Speaker, Turn
from rexian.standard.domain.verdicts import Inspection, Outcome, Verdict

TEXT = st.text(st.characters(), max_size=12)  # halves of surrogate pairs and null bytes too
SECONDS = st.none() | st.floats(allow_nan=False)
WORD = st.none() | TEXT
SPEAKERS = st.sampled_from(Speaker)
TURNS = st.builds(Turn, st.integers(), SPEAKERS, TEXT, SECONDS, SECONDS)
SIGNALS = st.builds(Signal, st.sampled_from(SignalName), SECONDS, SPEAKERS)
VALUES = TEXT | st.integers() | st.booleans() | st.floats(allow_nan=False)
FACTS = st.builds(
    Facts, WORD, WORD, WORD, WORD, WORD, st.booleans(), st.dictionaries(TEXT, VALUES, max_size=3)
)
LABELS = st.builds(Label, TEXT, TEXT, st.none() | st.integers(), TEXT, TEXT)
VERDICTS = st.builds(
    Verdict,
    TEXT,
    TEXT,
    st.sampled_from(Outcome),
    st.lists(st.integers(), max_size=3).map(tuple),
    TEXT,
    SECONDS,
    st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)
CONVERSATIONS = st.builds(
    Conversation,
    TEXT,
    st.lists(TURNS, max_size=4).map(tuple),
    st.lists(SIGNALS, max_size=3).map(tuple),
    FACTS,
    WORD,
    st.lists(LABELS, max_size=2).map(tuple),
    TEXT,
    st.integers(0),
    TEXT,
)
INSPECTIONS = st.builds(
    Inspection, TEXT, TEXT, TEXT, SECONDS, st.lists(VERDICTS, max_size=4).map(tuple)
)


@given(st.builds(InspectedConversation, CONVERSATIONS, INSPECTIONS, WORD))
def test_what_is_written_down_comes_back(inspected: InspectedConversation) -> None:
    again = read(written(inspected))
    assert again == inspected
    assert [type(one.index) for one in again.conversation.turns] == [
        type(one.index) for one in inspected.conversation.turns
    ]
