"""What judging an archive again comes to: on the terminal, as JSON, as a page, as a workbook."""
