"""Events, entries and seals as values."""
