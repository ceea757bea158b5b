"""The right that reading the journal asks for."""

READ = "journal.read"
