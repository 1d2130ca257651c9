"""The facts of a site as data for other programs."""
