"""Fields that Django draws in another way than the browser would."""

from __future__ import annotations

from django import forms


class DayInput(forms.DateInput):
    """A day, picked in the browser's own calendar; its value is always ISO 8601."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
