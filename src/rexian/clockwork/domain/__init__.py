"""What is due, when it is tried again, and who works on it, as values and rules."""
