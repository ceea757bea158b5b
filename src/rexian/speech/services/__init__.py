"""What one can do with recordings: find them, hear them, keep them, have them judged."""
