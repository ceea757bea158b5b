"""The number that a customer gave and that nobody has read back yet."""

from __future__ import annotations

from rexian.standard.domain.evaluator.state import State
from rexian.standard.domain.events import Speaker
from rexian.standard.domain.guidance import SaidNumber
from rexian.standard.domain.language.digits import numbers_said, spoken_value

FEWEST_CHARACTERS = 7
_WITHOUT_PROVINCE = 1


def unconfirmed_number(state: State) -> SaidNumber | None:
    """Return the number that the customer said last of its kind and the agent has not repeated.

    A telephone number counts as repeated when all its digits come in one turn of the agent, in
    figures or in Chinese; of a plate the province may be left out.
    """
    by_agent: list[str] = []
    settled: set[str] = set()
    for item in reversed(state.recent):
        if len(item.folded) < FEWEST_CHARACTERS:
            continue
        if item.by is Speaker.AGENT:
            by_agent.append(item.folded)
        elif item.by is Speaker.CUSTOMER:
            for said in reversed(numbers_said(item.text)):
                if said.kind not in settled and not _is_repeated(said, by_agent):
                    return said
                settled.add(said.kind)
    return None


def _is_repeated(said: SaidNumber, by_agent: list[str]) -> bool:
    value = said.value[_WITHOUT_PROVINCE:] if said.kind == "plate" else said.value
    return any(value in spoken_value(one) for one in by_agent)
