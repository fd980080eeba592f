"""`python -m bot` is `tongxue`."""

from bot.cli import main

main()
