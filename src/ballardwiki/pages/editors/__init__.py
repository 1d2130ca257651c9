"""What a site lacks and who wants it, for the pages of its editors."""
