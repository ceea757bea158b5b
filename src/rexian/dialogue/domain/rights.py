"""The rights that conversations kept by the server ask for."""

READ = "dialogue.read"
INSPECT = "dialogue.inspect"
