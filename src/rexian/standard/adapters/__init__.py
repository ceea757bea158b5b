"""Where standards come from and where they are kept: archives, folders, the database."""
