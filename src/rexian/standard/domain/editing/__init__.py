"""A standard as it is edited: what may be changed in forms, and what has changed in words."""
