"""A natural-language-inference model on this machine as the checker (`pip install "explainbot[nli]"`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from explainbot.errors import ConfigError

__all__ = ["LocalNLI"]


class LocalNLI:
    """Scores with the probability of "entailment" that a sequence-classification model gives.

    Args:
        model: a directory with the model, or its name where the `transformers` library finds it.

    Raises:
        ConfigError: the library is not installed, or the model has no label for entailment.
    """

    name = "NLI"

    def __init__(self, model: str) -> None:
        try:
            from transformers import pipeline
        except ImportError:
            raise ConfigError("a local NLI model needs its library: pip install 'explainbot[nli]'") from None
        self._classify: Any = pipeline("text-classification", model=model, top_k=None)
        labels = self._classify.model.config.id2label.values()
        if not any(_entails(label) for label in labels):
            raise ConfigError("the model is no NLI model: none of its labels is 'entailment'")

    def check(self, statement: str, passages: Sequence[str]) -> float:
        """The highest probability that one passage, or all of them together, entails the statement."""
        together = [" ".join(passages)] if len(passages) > 1 else []
        pairs = [{"text": passage, "text_pair": statement} for passage in (*passages, *together)]
        results = self._classify(pairs, truncation=True) if pairs else []
        scores = [item["score"] for result in results for item in result if _entails(item["label"])]
        return max(scores, default=0.0)


def _entails(label: str) -> bool:
    return label.lower().startswith("entail")
