"""Stakes, roads and points; a place as it is said, read, checked and described."""
