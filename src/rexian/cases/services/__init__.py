"""What one does with cases: take one, move it, approve, merge, split, join, fill in, sign."""

from rexian.cases.services.alerting import see_alert
from rexian.cases.services.batches import Reassigned, reassign_many
from rexian.cases.services.giving import Given
from rexian.cases.services.joining import join_event, leave_event, merge_case, split_case
from rexian.cases.services.moving import approve_move, move_case, refuse_move
from rexian.cases.services.taking import take_case

__all__ = [
    "Given",
    "Reassigned",
    "approve_move",
    "join_event",
    "leave_event",
    "merge_case",
    "move_case",
    "reassign_many",
    "refuse_move",
    "see_alert",
    "split_case",
    "take_case",
]
