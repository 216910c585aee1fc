"""The parts use the same words: what privacy hides, every language can name."""

from __future__ import annotations

import pytest

from explainbot.explain.languages import LANGUAGES
from explainbot.privacy import LABELS


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_entity_type_has_a_name_of_its_own_in_every_language(language: str) -> None:
    named = LANGUAGES.load(language).entities
    general = {"CUSTOMER_DATA"}
    assert set(LABELS) - general <= set(named)
