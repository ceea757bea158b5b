"""Conversations, their records, their inspections, and how these agree with a person's labels."""
