"""Topics, and who is told what in which order: values and rules, no sockets."""
