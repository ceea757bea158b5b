"""Where contacts keep what is no row."""
