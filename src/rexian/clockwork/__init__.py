"""Clockwork: what is due - deadlines, reactions and jobs - and the workers that see to it.

Work is a row with an instant at which it wants attention. A *deadline* fires once, a *reaction*
follows an entry of the journal, a *job* takes its time and reports progress, a *periodic* task is a
job that comes back. What fails is tried again later each time, then *parked* until an administrator
*releases* or *drops* it.
"""
