"""The rights that knowledge asks for."""

USE = "knowledge.use"
"""Use phrases, and keep some of one's own."""

SHARE = "knowledge.share"
"""Give phrases to a unit and all below it."""
