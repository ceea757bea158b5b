"""SQLite as Django has it, with the writers of one process in a row."""
