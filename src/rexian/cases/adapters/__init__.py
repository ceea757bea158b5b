"""What cases need of the database beyond tables: a full-text index."""
