"""What the page of a conversation says by itself: by the server, and by its script alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rexian.kernel.language import mark, translate

_WORDS: Mapping[str, str] = {
    "next": mark("You are next."),
    "place": mark("You are number {place} in the queue."),
    "nobody": mark("All our agents are away for the moment."),
    "soon": mark("It will take less than a minute."),
    "wait": mark("It will take about {minutes} min."),
    "offered": mark("We are connecting you…"),
    "connected": mark("{agent} is with you."),
    "held": mark("{agent} is looking into it. One moment, please."),
    "over": mark("The conversation is over."),
    "abandoned": mark("You have left the queue."),
    "message": mark("We have your message."),
    "call-by": mark("We will call you back by {time}."),
    "agent": mark("Our agent"),
    "agent-number": mark("Our agent {number}"),
    "you": mark("You"),
    "system": mark("Our hotline"),
    "hold_on": mark("{agent} asks you to wait a moment."),
    "hold_off": mark("{agent} is back."),
    "hang_up-agent": mark("{agent} has ended the conversation."),
    "hang_up-customer": mark("You have left the conversation."),
    "hang_up-system": mark("The conversation has ended."),
    "typing": mark("{agent} is writing…"),
    "seen": mark("has been read"),
    "sending": mark("being sent…"),
    "retrying": mark("not sent yet; trying again…"),
    "refused": mark("Not sent"),
    "again": mark("Send again"),
    "discard": mark("Discard"),
    "slowly": mark("That was a lot at once. It will be sent in a moment."),
    "left": mark("{count} more characters"),
    "too-long": mark("{count} characters too many. Send it in two parts, or as a file."),
    "too-large-file": mark("This file is too large: at most {most} MB."),
    "offline": mark("No connection. What you write is kept and sent as soon as there is one."),
    "unread": mark("({count}) New message"),
}


def words_in(language: str) -> dict[str, str]:
    """Return all words in a language, their braces not yet filled."""
    return {name: translate(message, language) for name, message in _WORDS.items()}


def agent_called(number: str, words: Mapping[str, str]) -> str:
    """Return how an agent is called: by their number, never by their name."""
    return words["agent-number"].format(number=number) if number else words["agent"]


def status_of(told: Mapping[str, Any], words: Mapping[str, str], time_zone: str) -> str:
    """Return in a sentence or two where a conversation stands."""
    if told["state"] == "queued":
        wait = words["nobody"] if told["agents"] == 0 else _wait(told["wait"], words)
        return _joined(_place(told, words), wait)
    if told["state"] == "offered":
        return words["offered"]
    agent = agent_called(told["number"], words)
    if told["state"] in {"connected", "held"}:
        return words[told["state"]].format(agent=agent)
    over = words.get(told["ending"], words["over"])
    return _joined(over, _call(told["call_by"], words, time_zone))


def happening(line: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Return the sentence of a line that is no turn."""
    name = f"hang_up-{line['by']}" if line["signal"] == "hang_up" else line["signal"]
    return words[name].format(agent=agent_called(line["number"], words))


def speaker(line: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """Return who says a line, as the customer reads it."""
    if line["by"] == "agent":
        return agent_called(line["number"], words)
    return words["you"] if line["by"] == "customer" else words["system"]


def _joined(*sentences: str) -> str:
    """Return sentences in a row: with a blank, except in Chinese."""
    return " ".join(filter(None, sentences)).replace("。 ", "。")


def _call(call_by: str, words: Mapping[str, str], time_zone: str) -> str:
    """Return by when the customer is called, in the hotline's time."""
    if not call_by:
        return ""
    at = datetime.fromisoformat(call_by).astimezone(ZoneInfo(time_zone))
    return words["call-by"].format(time=at.strftime("%m-%d %H:%M"))


def _place(told: Mapping[str, Any], words: Mapping[str, str]) -> str:
    place = told["place"]
    if place is None:
        return words["offered"]
    is_soon = place == 1 and told["agents"]
    return words["next"] if is_soon else words["place"].format(place=place)


def _wait(seconds: int | None, words: Mapping[str, str]) -> str:
    if seconds is None:
        return ""
    return words["soon"] if seconds < 60 else words["wait"].format(minutes=round(seconds / 60))
