"""One file -> one document, knowing nothing of any other file: front matter, fields, values, text."""
