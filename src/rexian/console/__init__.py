"""Console: the face of supervisors, inspectors, managers and administrators."""
