"""Clockwork: what is due - deadlines, reactions and jobs - claimed by compare-and-set."""
