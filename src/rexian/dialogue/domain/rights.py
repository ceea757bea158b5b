"""The rights that conversations ask for."""

READ = "dialogue.read"
INSPECT = "dialogue.inspect"

REVIEW = "dialogue.review"
"""Confirm, reject or change what was found in a contact."""
