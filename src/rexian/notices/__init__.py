"""Notices: what everybody at work in a unit has to know now (a road closed, no gas tonight).

A *notice* is put up for a unit and all below it, until an instant. Whoever is at work there reads
it and says so with one key. It comes down at its end, or earlier by hand.
"""
