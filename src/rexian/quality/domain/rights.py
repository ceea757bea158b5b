"""The rights that quality asks for."""

SAMPLE = "quality.sample"
"""Draw samples, and see how far machine and inspectors agree."""

ANSWER = "quality.answer"
"""Listen to sampled contacts, blind, and say what they are."""
