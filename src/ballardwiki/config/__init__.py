"""What a site is, besides its content: settings, types, the past of its files, and what is published as it is."""
