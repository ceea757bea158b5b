"""The views of the page for the field."""
