"""Changes of content: what a file would be, what would be wrong then, and writing it."""
