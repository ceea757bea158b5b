"""What the organisation borrows from others: encryption, workbooks, mail."""
