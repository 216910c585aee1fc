"""The detectors of personal data: one file and one line each; more through entry points `explainbot.detectors`."""

from __future__ import annotations

from explainbot._registry import Registry
from explainbot.privacy.detection import Detector

__all__ = ["DETECTORS"]

DETECTORS: Registry[Detector] = Registry(
    "detector",
    "explainbot.detectors",
    {
        "email": "explainbot.privacy.detectors.email:detect",
        "url": "explainbot.privacy.detectors.url:detect",
        "iban": "explainbot.privacy.detectors.iban:detect",
        "credit_card": "explainbot.privacy.detectors.credit_card:detect",
        "us_ssn": "explainbot.privacy.detectors.us_ssn:detect",
        "phone": "explainbot.privacy.detectors.phone:detect",
        "ip": "explainbot.privacy.detectors.ip:detect",
        "api_key": "explainbot.privacy.detectors.api_key:detect",
    },
)
