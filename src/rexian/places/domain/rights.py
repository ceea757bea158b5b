"""The rights that places ask for."""

READ = "places.read"
MANAGE = "places.manage"
