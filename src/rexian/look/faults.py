"""A refusal of a service, shown where somebody filled in what it refuses."""

from __future__ import annotations

from django.forms import BaseForm

from rexian.kernel.errors import RexianError
from rexian.look.environment import quoted


def show_refusal(form: BaseForm, error: RexianError) -> None:
    """Put the error's sentence beside the field that it names, else above the form."""
    field = error.details.get("field")
    form.add_error(field if field in form.fields else None, quoted(error))
