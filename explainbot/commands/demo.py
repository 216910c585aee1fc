"""`explainbot demo`: the main job, end to end, on this machine and without any key."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

__all__ = ["add_arguments"]

QUESTIONS = 10
"""How many questions there are."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Watch support questions being redacted, sent, restored and explained, on a small model that runs on this machine.

    For each question it shows what the customer wrote, what really went to the model, the reply, the explanation and
    the id of the trace. Without options it needs no key and no network.
    """
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--chat", action="store_true", help="talk with the desk instead")
    how.add_argument("--serve", action="store_true", help="open the desk's web page instead")
    how.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument(
        "--questions", type=_number(1, QUESTIONS), default=QUESTIONS, metavar="N", help=f"how many (1 to {QUESTIONS})"
    )
    parser.add_argument(
        "--port", type=_number(0, 65_535), default=8000, metavar="P", help="of the web page (8000); 0 for any free one"
    )
    parser.add_argument("--base-url", metavar="URL", help="ask this server instead of a local model")
    parser.add_argument("--model", metavar="NAME", help="the model to ask there")
    parser.add_argument("--api-key", metavar="KEY", help="for that server; else OPENAI_API_KEY is used")
    parser.add_argument(
        "--stand-in", action="store_true", help="use the extractive stand-in, which is no language model"
    )
    parser.add_argument("--store", type=Path, metavar="FILE", help="keep the traces in this file; else in memory only")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run it; returns the exit code."""
    from explainbot.demo.run import Choices, run_demo

    return run_demo(
        Choices(
            questions=options.questions,
            as_json=options.json,
            chat=options.chat,
            serve=options.serve,
            port=options.port,
            base_url=options.base_url,
            model=options.model,
            api_key=options.api_key,
            stand_in=options.stand_in,
            store=options.store,
        )
    )


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"choose {least} to {most}")
        return int(text)

    return read
