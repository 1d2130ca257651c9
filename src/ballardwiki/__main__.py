"""`python -m ballardwiki`."""

from ballardwiki.cli import main

main()
