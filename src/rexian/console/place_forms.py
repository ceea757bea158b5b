"""What is filled in about roads, points and the file that lists them."""

from __future__ import annotations

from typing import Any

from django import forms

from rexian.console.organisation_forms import offer
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.places.domain.roads import (
    KIND_NAMES,
    LONGEST_ALIASES,
    LONGEST_CODE,
    LONGEST_NAME,
    Point,
    PointKind,
    Road,
    Way,
    direction_of,
    direction_text,
    joined,
    split_names,
)
from rexian.places.domain.stakes import Stake, read_stake

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
_LONGEST_DIRECTION = LONGEST_NAME + LONGEST_ALIASES


def _text(label: str, longest: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={**_PLAIN, **options.pop("attrs", {})})
    return forms.CharField(label=label, max_length=longest, widget=widget, **options)


def _other_names() -> forms.CharField:
    return _text(
        mark("Also called"),
        LONGEST_ALIASES,
        required=False,
        help_text=mark("Other names and short forms, with 、 between them."),
    )


class StakeField(forms.CharField):
    """A stake in any way of writing; its value is a ``Stake``."""

    def __init__(self, label: str) -> None:
        widget = forms.TextInput(attrs={**_PLAIN, "placeholder": "K123+400"})
        super().__init__(label=label, max_length=40, widget=widget)

    def clean(self, value: Any) -> Any:
        """Return the stake, or say why there is none in what was written."""
        text = super().clean(value)
        try:
            return read_stake(text)
        except RexianError as error:
            raise forms.ValidationError(quoted(error)) from None

    def prepare_value(self, value: Any) -> Any:
        """Return a stake as it is written."""
        return str(value) if isinstance(value, Stake) else value


class RoadForm(forms.Form):
    """What the list says of a road."""

    code = _text(mark("Road code"), LONGEST_CODE, attrs={"placeholder": "G56"})
    name = _text(mark("Name of the road"), LONGEST_NAME)
    aliases = _other_names()
    begin = StakeField(label=mark("First stake"))
    end = StakeField(label=mark("Last stake"))
    rising = _text(
        mark("Direction of rising stakes"),
        _LONGEST_DIRECTION,
        help_text=mark("First its name, then other names with 、 between: 临川方向、上行."),
    )
    falling = _text(mark("Direction of falling stakes"), _LONGEST_DIRECTION)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def details(self) -> Road:
        """Return the road that was filled in."""
        given = self.cleaned_data
        return Road(
            code=given["code"],
            name=given["name"],
            aliases=split_names(given["aliases"]),
            begin=given["begin"],
            end=given["end"],
            rising=direction_of(given["rising"]),
            falling=direction_of(given["falling"]),
        )


def of_road(road: Road, version: int) -> dict[str, object]:
    """Return what the form of a road shows at first."""
    return {
        "code": road.code,
        "name": road.name,
        "aliases": joined(road.aliases),
        "begin": road.begin,
        "end": road.end,
        "rising": direction_text(road.rising),
        "falling": direction_text(road.falling),
        "version": version,
    }


class PointForm(forms.Form):
    """What the list says of a point."""

    kind = forms.ChoiceField(label=mark("Kind of point"))
    name = _text(mark("Name of the point"), LONGEST_NAME)
    stake = StakeField(label=mark("Stake"))
    way = forms.ChoiceField(label=mark("Only in the direction"), required=False)
    aliases = _other_names()
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, road: Road, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", [(one.value, translated(KIND_NAMES[one])) for one in PointKind])
        ways = [(one.value, road.direction(one).name) for one in Way]
        offer(self, "way", [("", translated(mark("both directions"))), *ways])

    def details(self) -> Point:
        """Return the point that was filled in."""
        given = self.cleaned_data
        return Point(
            kind=PointKind(given["kind"]),
            name=given["name"],
            stake=given["stake"],
            way=Way(given["way"]) if given["way"] else None,
            aliases=split_names(given["aliases"]),
        )


def of_point(point: Point, version: int) -> dict[str, object]:
    """Return what the form of a point shows at first."""
    return {
        "kind": point.kind.value,
        "name": point.name,
        "stake": point.stake,
        "way": point.way.value if point.way else "",
        "aliases": joined(point.aliases),
        "version": version,
    }


class RetireForm(forms.Form):
    """That something is taken out of the list as it was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ListForm(forms.Form):
    """A file with roads and points."""

    list = forms.FileField(
        label=mark("Workbook or CSV"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=mark("Excel (.xlsx) or CSV, 5 MB and 3000 rows a sheet at most."),
    )
