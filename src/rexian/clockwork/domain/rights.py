"""The right that tending to parked work asks for."""

TEND = "clockwork.tend"
