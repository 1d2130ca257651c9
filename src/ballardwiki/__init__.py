"""ballardwiki: static fan wikis with typed facts, sources, spoiler horizons and feeds."""

__version__ = "0.1.0"
