"""What everything else stands on: errors, language, Chinese text."""
