"""The commands of the command line, one module each; the table is in `explainbot.cli`."""

from __future__ import annotations
