"""Live: the face of browsers' streams, which continue where a page was made."""
