"""Where a finished trace goes: into a store, through a queue that never holds up the bot, and into the bot's log."""

from __future__ import annotations

from explainbot.sinks.events import log_event
from explainbot.sinks.recorder import Recorder
from explainbot.sinks.tally import Stats

__all__ = ["Recorder", "Stats", "log_event"]
