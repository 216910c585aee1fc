"""`python -m explainbot`."""

from __future__ import annotations

import sys

from explainbot.cli import main

if __name__ == "__main__":
    sys.exit(main())
