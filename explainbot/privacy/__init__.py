"""Finding, hiding and restoring personal data.

It is pseudonymisation: the originals stay in a `Vault` in this process and go back into the reply.

    customer, custom, thresholds          what is known of the customer, and what the company wants
    detectors/, tagger/                   one file for each kind of data; names and places by statistics
    detection, triggers, giving_way       what a find is, who is asked about a text, and which find counts
    normalise, views, labels, jsontext    the ways a text is read
    known, known_forms, short_names       the customer's own values, and people by a part of their name
    pieces, replacing, redactor           finding in a text, replacing in it, and remembering both
    placeholders, demands, surrogates     what stands in the place of a value
    vault, entries, remembered            the originals, and what was worked out before
    egress                                the last check before bytes leave
    restorer, audience                    putting the originals back, and whose may be shown
    markup, jsonplaces, bidi              where in a reply they may not stand, and how they read there

The other modules are words and forms that detectors share.
"""

from explainbot.privacy.custom import Allow, Pattern, WordList
from explainbot.privacy.customer import Customer
from explainbot.privacy.detection import LABELS, Detection, Detector
from explainbot.privacy.egress import leaks, residue, residue_since
from explainbot.privacy.redactor import Redaction, Redactor, detect, redact, restore
from explainbot.privacy.restorer import Edit, Restorer
from explainbot.privacy.vault import Vault
from explainbot.trace import Redacted

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
