"""The life of a contact, its lines, who takes which, as values and rules."""
