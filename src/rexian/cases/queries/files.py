"""The files of a case, for those who see it."""

from __future__ import annotations

from rexian.cases import models
from rexian.cases.domain.refusals import nothing_there
from rexian.cases.queries.cases import FileShown, case, file_shown
from rexian.contacts.services.storage import store_of
from rexian.kernel.authority import Actor

STORE = "cases"


def file_content(case_id: int, file_id: int, *, actor: Actor) -> tuple[FileShown, bytes]:
    """Return a file of a case that the actor sees, with its bytes; raise ``NotFound``.

    Whoever serves it says ``Content-Disposition``, ``nosniff`` and a policy that lets it do
    nothing: ``default-src 'none'; sandbox``.
    """
    case(case_id, actor=actor)
    row = models.File.objects.select_related("step").filter(pk=file_id, case=case_id).first()
    if row is None:
        raise nothing_there(f"file:{file_id}")
    try:
        return file_shown(row), store_of(STORE).fetch(row.stored_as)
    except FileNotFoundError:
        raise nothing_there(f"file:{file_id}") from None
