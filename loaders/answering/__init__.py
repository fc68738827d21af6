"""What is given back: the marked workbook, templates, proposals and profiles."""
