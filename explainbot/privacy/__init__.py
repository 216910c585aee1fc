"""Finding, hiding and restoring personal data.

It is pseudonymisation: the originals stay in a `Vault` in this process and go back into the reply.
"""

from explainbot.privacy.custom import Allow, Pattern, WordList
from explainbot.privacy.customer import Customer
from explainbot.privacy.detection import LABELS, Detection, Detector
from explainbot.privacy.egress import leaks, residue, residue_since
from explainbot.privacy.redact import Redaction, Redactor, detect, redact, restore
from explainbot.privacy.redacted import Redacted
from explainbot.privacy.restore import Edit, Restorer
from explainbot.privacy.vault import Vault

__all__ = [
    "LABELS",
    "Allow",
    "Customer",
    "Detection",
    "Detector",
    "Edit",
    "Pattern",
    "Redacted",
    "Redaction",
    "Redactor",
    "Restorer",
    "Vault",
    "WordList",
    "detect",
    "leaks",
    "redact",
    "residue",
    "residue_since",
    "restore",
]
