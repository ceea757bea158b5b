"""Organisations: units in tiers, the people in them, what their roles let them do."""
