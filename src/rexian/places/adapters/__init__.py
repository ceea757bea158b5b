"""What places borrow from others: workbooks and tables."""
