"""REST: the face of machines."""
