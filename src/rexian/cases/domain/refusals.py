"""What cases refuse, each with a code of its own: the list of them is the policy."""

from __future__ import annotations

from collections.abc import Mapping

from rexian.kernel.errors import Conflict, Invalid, NotFound, Refused
from rexian.kernel.language import mark, text_in, translate


class IllegalMove(Refused):
    """The flow has no such move from where the case stands (403)."""

    code = "illegal-move"


class NotTheirMove(Refused):
    """The move is somebody else's to make (403)."""

    code = "not-your-move"


class NeedsSecondPerson(Refused):
    """Whoever made an earlier move may not make this one too (403)."""

    code = "second-person-needed"


class TooOften(Refused):
    """A move has been made as often as the flow allows (403)."""

    code = "move-made-too-often"


class TooSoon(Refused):
    """Something that has to happen first has not (403)."""

    code = "earlier-move-needed"


class ApprovalPending(Refused):
    """Somebody has asked for an approval that is still to be given or refused (403)."""

    code = "approval-pending"


class Lacking(Invalid):
    """A move lacks what it asks for; ``needs`` names it (422)."""

    code = "move-lacks"


class WrongUnit(Invalid):
    """The unit is closed, not of the tier that the move goes to, or has the case already (422)."""

    code = "wrong-unit"


class WrongPerson(Invalid):
    """The person may not handle the case where it is, or has it already (422)."""

    code = "wrong-person"


class BadBatch(Invalid):
    """What is to be done with many cases at once makes no sense; ``field`` names it (422)."""

    code = "bad-batch"


class CaseMovedOn(Conflict):
    """Somebody else has moved the case meanwhile (409)."""

    code = "case-moved-on"


class NoFlow(Invalid):
    """The standard has no flow for this kind of case (422)."""

    code = "no-flow"


class BadCase(Invalid):
    """What a case is taken with makes no sense (422)."""

    code = "bad-case"


class BadSlip(Invalid):
    """A form does not take what was filled in, or lacks what it needs; ``field`` names it (422)."""

    code = "bad-slip"

    def sentence(self, language: str) -> str:
        """Return what is wrong in a language; a label of the standard is said in it too."""
        told = {
            name: text_in(one, language) if isinstance(one, Mapping) else one
            for name, one in self.details.items()
        }
        return translate(self.template, language, **told)


class LacksToDispatch(BadSlip):
    """Something is not known without which nobody can be sent (422)."""

    code = "lacks-to-dispatch"


class SlipChanged(Conflict):
    """Somebody else has changed the slip meanwhile (409)."""

    code = "slip-changed"


def nothing_there(code: str) -> NotFound:
    """Return the error for what is not there, or not to be seen."""
    return NotFound(mark("There is nothing under {code}."), code=code)
