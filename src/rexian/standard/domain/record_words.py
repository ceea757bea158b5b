"""What case types, urgencies, kinds of fields and their needs are called, as messages."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.language import mark

CASE_TYPES: Mapping[str, str] = {
    "enquiry": mark("enquiry"),
    "help": mark("help"),
    "complaint": mark("complaint"),
    "suggestion": mark("suggestion"),
    "nuisance": mark("nuisance"),
    "none": mark("none of these"),
}
URGENCIES: Mapping[str, str] = {"normal": mark("not pressing"), "emergency": mark("emergency")}
NEEDS: Mapping[str, str] = {
    "to_dispatch": mark("needed to dispatch"),
    "to_close": mark("needed, or a reason"),
    "no": mark("if it comes up"),
}
FIELD_TYPES: Mapping[str, str] = {
    "text": mark("words"),
    "long": mark("text"),
    "phone": mark("telephone number"),
    "place": mark("place"),
    "time": mark("time"),
    "count": mark("number"),
    "choice": mark("choice"),
    "plate": mark("number plate"),
    "yes_no": mark("yes or no"),
}
