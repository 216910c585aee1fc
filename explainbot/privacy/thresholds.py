"""How likely a find must be to be hidden, by entity type: `Settings.thresholds`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from explainbot.privacy.detection import Detection, Detector
from explainbot.privacy.triggers import marked_like

NEVER = 2.0
"""No find is as likely as this."""

THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {"PERSON": 0.35, "ADDRESS": 0.5, "LOCATION": 0.4, "ORGANIZATION": 0.3, "PLACE": NEVER, "COMPANY": NEVER}
)
"""The least score of a find that is hidden, for the types a statistical detector finds.

Places and companies that are nobody's home or employer are left: a bot cannot book a flight to a city it is not told.
"""


class Limits(dict[str, float]):
    """Thresholds by entity type that can be hashed, as settings are. Do not change one."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


F = TypeVar("F", bound=Callable[[str], Iterable[Detection]])


def graded(detector: F) -> F:
    """Marks a detector whose scores are chances: what it finds is held against the thresholds."""
    setattr(detector, "graded", True)  # noqa: B010
    return detector


def is_graded(detector: Detector) -> bool:
    """Whether the detector's scores are chances."""
    return bool(getattr(detector, "graded", False))


def limits(thresholds: Mapping[str, float], mask_places: bool) -> Mapping[str, float]:
    """The thresholds that apply; `mask_places` hides every place that is as likely as a `LOCATION` has to be."""
    given = {**THRESHOLDS, **thresholds}
    if mask_places and "PLACE" not in thresholds:
        given["PLACE"] = given["LOCATION"]
    return given


def certain(detector: Detector, least: Mapping[str, float]) -> Detector:
    """The detector without the finds that are less likely than their type has to be."""

    def detect(text: str) -> Iterable[Detection]:
        return [item for item in detector(text) if item.score >= least.get(item.entity_type, 0.0)]

    return marked_like(detector, detect)
