"""A pack: the folder of YAML in which a standard is written, checked and put together."""
