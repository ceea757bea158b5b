"""Figures and reports: read models that show what was judged, down to the words.

Its first part, ``inspection``, shows the verdicts of a standard on conversations as lines for
machines, a table for a terminal, a page for inspectors and a workbook for managers.
The second, ``casework``, has the figures of a month of cases, which are frozen when it is closed.
"""
