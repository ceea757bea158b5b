"""The machine's clock, and one that is set by hand."""
