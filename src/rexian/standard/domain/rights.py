"""The rights that published standards ask for."""

READ = "standard.read"
PUBLISH = "standard.publish"
