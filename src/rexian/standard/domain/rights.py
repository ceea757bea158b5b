"""The rights that published standards ask for."""

READ = "standard.read"
DRAFT = "standard.draft"
PUBLISH = "standard.publish"
