"""The rights that cases ask for."""

from __future__ import annotations

SEE = "cases.see"
"""See the cases that a unit took, has, assists with or has had."""

TAKE = "cases.take"
"""Take a case, press and add to any, and withdraw one for the customer."""

HANDLE = "cases.handle"
"""Sign for cases of one's unit and bring them on."""

DISPATCH = "cases.dispatch"
"""Send cases on to units, and call in outside helpers."""

SUPERVISE = "cases.supervise"
"""Approve, change the class, reassign, arbitrate, hear of breaches."""

CALL = "cases.call"
"""Call customers back on cases that are done."""

IDENTIFY = "cases.identify"
"""See who a customer is where the case keeps it from the unit complained of, and whole numbers."""

EXPORT = "cases.export"
"""Take lists of cases out as files."""
