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
        "card_details": "explainbot.privacy.detectors.card_details:detect",
        "us_ssn": "explainbot.privacy.detectors.us_ssn:detect",
        "national_id": "explainbot.privacy.detectors.national_id:detect",
        "id_form": "explainbot.privacy.detectors.id_form:detect",
        "passport": "explainbot.privacy.detectors.passport:detect",
        "driver_license": "explainbot.privacy.detectors.driver_license:detect",
        "bank_account": "explainbot.privacy.detectors.bank_account:detect",
        "phone": "explainbot.privacy.detectors.phone:detect",
        "ip": "explainbot.privacy.detectors.ip:detect",
        "device": "explainbot.privacy.detectors.device:detect",
        "vehicle": "explainbot.privacy.detectors.vehicle:detect",
        "crypto": "explainbot.privacy.detectors.crypto:detect",
        "api_key": "explainbot.privacy.detectors.api_key:detect",
        "credential": "explainbot.privacy.detectors.credential:detect",
        "birth_date": "explainbot.privacy.detectors.birth_date:detect",
        "medical_record": "explainbot.privacy.detectors.medical_record:detect",
        "customer_number": "explainbot.privacy.detectors.customer_number:detect",
        "social_handle": "explainbot.privacy.detectors.social_handle:detect",
        "coordinates": "explainbot.privacy.detectors.coordinates:detect",
        "person": "explainbot.privacy.detectors.person:detect",
        "address": "explainbot.privacy.detectors.address:detect",
        "address_ja": "explainbot.privacy.detectors.address_ja:detect",
        "belonging": "explainbot.privacy.detectors.belonging:detect",
        "tagger": "explainbot.privacy.detectors.tagger:detect",
    },
)
