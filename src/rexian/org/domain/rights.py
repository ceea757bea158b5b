"""The rights that the organisation's own services ask for."""

SEE = "org.see"
MANAGE = "org.manage"
