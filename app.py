"""Muster: `python app.py` serves, `python app.py migrate` and `recount` look after the data."""

import sys

from bot.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
