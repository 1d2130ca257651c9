"""What readers get: views of the facts, outputs made from them, templates and what templates are given."""
