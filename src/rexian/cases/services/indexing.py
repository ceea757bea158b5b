"""Have a case be found by its words: those of the case, its steps, its forms, its contact."""

from __future__ import annotations

from collections.abc import Iterator

from rexian.cases import models
from rexian.cases.adapters.words import write_words
from rexian.cases.domain.masking import without_customer
from rexian.cases.domain.searching import index_terms
from rexian.contacts.queries import for_customer, transcript
from rexian.standard.queries.published import load_version

MOST_WORDS = 40_000
"""So many characters of a case are indexed; a longer one is found by its beginning."""


def index_case(row: models.Case) -> None:
    """Write the terms of a case anew."""
    steps = models.Step.objects.filter(case=row).order_by("seq").values_list("reason", "text")
    texts = [row.reference, row.title, row.matter, row.place_text, row.outside_number, row.answer]
    texts += [text for step in steps for text in step if text]
    texts += _filled_in(row)
    if row.contact_id is not None and not row.hides_customer:  # who is kept says who they are
        texts += [one.text for one in for_customer(transcript(row.contact_id)) if one.text]
    _write(row, texts)


def _filled_in(row: models.Case) -> Iterator[str]:
    """Yield what stands in the forms of a case; of a customer who is kept not who they are."""
    forms = load_version(row.standard).forms
    for slip in models.Slip.objects.filter(case=row):
        values = slip.values
        if row.hides_customer:
            values = without_customer(values, forms.get(slip.form))
        yield from (str(value) for value in values.values() if value)


def index_new_case(row: models.Case) -> None:
    """Write the terms of a case that has no more than what it was taken with."""
    _write(row, [row.reference, row.title, row.matter, row.place_text, row.outside_number])


def _write(row: models.Case, texts: list[str]) -> None:
    """Write the terms; a customer who is kept from the unit complained of is found by nobody."""
    whole = "\n".join(filter(None, texts))[:MOST_WORDS]
    write_words(
        row.pk,
        organisation=row.organisation_id,
        words=index_terms(whole, row.reference.replace("-", "")),
        who="" if row.hides_customer else index_terms(row.name, row.number),
    )


def index_cases_of_contact(contact_id: int) -> None:
    """Write the terms of the cases that were taken from a contact anew."""
    for row in models.Case.objects.filter(contact=contact_id):
        index_case(row)
