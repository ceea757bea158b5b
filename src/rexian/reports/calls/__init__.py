"""One call to look at and to listen to: two lanes of sound and words, with findings pinned.

The report that opens offline and the page of a contact show the same view, with the same style
sheet and the same script (``reports/call.css`` and ``reports/call.js``).
"""

from rexian.reports.calls.findings import CallFinding
from rexian.reports.calls.view import Sound, call_view

__all__ = ["CallFinding", "Sound", "call_view"]
