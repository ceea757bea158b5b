"""Pages and answers of the desk, a module each."""
