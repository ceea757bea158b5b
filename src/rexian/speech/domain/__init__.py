"""What is heard in a recording, as values: who spoke when, what was said, what else sounded."""
