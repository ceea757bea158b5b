"""Chinese text, one character at a time: folding, sound, numerals, spans of time."""
