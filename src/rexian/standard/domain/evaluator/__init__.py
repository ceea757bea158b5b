"""The evaluator: one standard, one conversation, event by event; live and after alike."""
