"""What a draft refuses: unsound content, a lost race, a change after it has become a version."""

from __future__ import annotations

from rexian.kernel.errors import Conflict, Invalid, Refused
from rexian.kernel.language import mark
from rexian.standard.domain.pack.findings import Finding


class UnsoundDraft(Invalid):
    """A draft with errors judges nothing; ``findings`` says of each the file and line (422)."""

    code = "standard-draft-unsound"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            mark("The draft has {count} errors; mend them first."), count=len(findings)
        )
        self.findings = findings


class DraftChanged(Conflict):
    """Somebody has changed the draft since it was read; ``details`` has both revisions (409)."""

    code = "standard-draft-changed"


class DraftClosed(Refused):
    """A draft that has become a version is not changed any more (403)."""

    code = "standard-draft-closed"


class NothingToUndo(Invalid):
    """The draft stands as it was begun (422)."""

    code = "standard-nothing-to-undo"


class WrongDraft(Invalid):
    """Files of which no draft can be made: one is no YAML, or a base is missing (422)."""

    code = "standard-wrong-draft"
