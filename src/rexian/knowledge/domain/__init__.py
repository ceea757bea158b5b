"""What a phrase may be, as rules."""
