"""What can go wrong while conversations are inspected, apart from their own faults."""

from __future__ import annotations

from typing import ClassVar

from rexian.kernel.errors import RexianError


class InspectionFailed(RexianError):
    """The evaluator broke on a conversation: a bug, of the evaluator or of the pack.

    ``details`` names the ``conversation``, its ``source`` and its ``line``.
    """

    code: ClassVar[str] = "inspection-failed"


class WorkerLost(RexianError):
    """A process that shared the work ended before its time, killed or out of memory."""

    code: ClassVar[str] = "worker-lost"
