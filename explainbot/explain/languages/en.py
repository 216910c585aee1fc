"""English: short words, one thought a sentence (aim: Flesch-Kincaid grade 6, 20 words a sentence at most)."""

from __future__ import annotations

from collections.abc import Mapping

from explainbot.explain.languages import Language


def _plural(number: int) -> str:
    return "one" if number == 1 else "other"


MESSAGES: dict[str, str | Mapping[str, str]] = {
    # the first line
    "written_by_ai": "This reply was written by AI (model {model}).",
    "written_by_ai_plain": "This reply was written by AI.",
    "found_in_all": {
        "one": "What it says was found in: {sources}.",
        "other": "All {count} of its statements were found in: {sources}.",
    },
    "found_in_some": {
        "one": "{count} of its {all} statements was found in: {sources}.",
        "other": "{count} of its {all} statements were found in: {sources}.",
    },
    "partly_in_all": {
        "one": "What it says was only partly found in: {sources}.",
        "other": "Its {count} statements were only partly found in: {sources}.",
    },
    "partly_in_some": {
        "one": "{count} of its {all} statements was partly found in: {sources}.",
        "other": "{count} of its {all} statements were partly found in: {sources}.",
    },
    "not_found_line": {
        "one": "1 statement was not found in any source.",
        "other": "{count} statements were not found in any source.",
    },
    "conflicts_line": {
        "one": "1 statement does not match its source.",
        "other": "{count} statements do not match their sources.",
    },
    "general_knowledge": "It rests on general knowledge. No company source was used.",
    "general_knowledge_given": "It rests on general knowledge. It was not found in any company source.",
    "nothing_claimed": "It makes no claim that could be checked.",
    "tool_calls_only": "It is only a look-up so far: {tools}. There is no answer text yet.",
    "refusal_line": "The AI chose not to answer this.",
    "unavailable_line": "We cannot say more: no explanation is available for it.",
    "empty_line": "There is no answer text.",
    # headings
    "details": "Why this answer?",
    "said": "What the reply says",
    "data": "Your data",
    "about": "About this reply",
    # one statement
    "state_found": "Found in: {source}.",
    "state_partly": "Partly found in: {source}. Please check it.",
    "state_partly_none": "Only partly found. Please check it.",
    "state_not_found": "Not found in any source. Please check it before you rely on it.",
    "state_conflict": "Does not match its source. Please check it.",
    "repeated": "That was said before in this chat. It does not make it right.",
    "same_quote": "Same passage as for statement {number}.",
    "conflict_values": "The reply says {said}. The source, {source}, says {other}.",
    "conflict_withheld": "The reply says {said}. The source, {source}, says something else.",
    "missing_values": "Not found in any source: {values}.",
    "quote": "The source says: {quote}",
    "changed": "Last changed: {date}.",
    "no_claims": {
        "one": "1 more sentence makes no claim, such as a greeting or a question.",
        "other": "{count} more sentences make no claim, such as a greeting or a question.",
    },
    "matching": "Found means that the words and values match. It does not show that the AI used that text.",
    # sources by kind
    "kind_document": "a company document",
    "kind_tool_result": "a look-up in our system",
    "kind_tool_result_named": "a look-up in our system ({tool})",
    "kind_profile": "your customer account",
    "kind_history": "an earlier message in this chat",
    "kind_instructions": "the company's rules for the AI",
    "kind_customer_message": "your own message",
    "not_quoted": "The AI also had, but nothing here was quoted from: {sources}.",
    "not_sent": "Picked for this answer, but not given to the AI: {sources}.",
    # data
    "hidden": "Hidden from the AI: {items}.",
    "hidden_none": "No personal data was found that had to be hidden from the AI.",
    "item": "{count} {entity}",
    "purpose": "Your data is used for: {purpose}.",
    "source_purpose": "{source} is used for: {purpose}.",
    # about
    "model": "AI model: {model}, run by {provider}.",
    "responsible": "Who is responsible: {name}.",
    "privacy": "Privacy notice: {url}",
    "contact": "To talk to a person, or to say this is wrong: {contact}.",
    "contact_none": "To talk to a person, or to say this is wrong, ask for it here in the chat.",
    "trace": "Record number: {trace}.",
    # notes
    "note_partial": "Part of a very long text was not checked.",
    "note_cut": "The reply was cut off before its end.",
    "note_filtered": "The AI service held back part of the reply.",
    "note_unknown_placeholders": {
        "one": "The AI made up 1 stand-in for personal data. It was left as it is.",
        "other": "The AI made up {count} stand-ins for personal data. They were left as they are.",
    },
    "note_tools": "The AI also asked for a look-up: {tools}.",
}

ENTITIES = {
    "EMAIL_ADDRESS": {"one": "email address", "other": "email addresses"},
    "PHONE_NUMBER": {"one": "phone number", "other": "phone numbers"},
    "CREDIT_CARD": {"one": "payment card number", "other": "payment card numbers"},
    "IBAN_CODE": {"one": "bank account number", "other": "bank account numbers"},
    "PERSON": {"one": "name", "other": "names"},
    "LOCATION": {"one": "address", "other": "addresses"},
    "IP_ADDRESS": {"one": "internet address", "other": "internet addresses"},
    "US_SSN": {"one": "social security number", "other": "social security numbers"},
    "CUSTOMER_ID": {"one": "customer number", "other": "customer numbers"},
    "DATE_TIME": {"one": "date", "other": "dates"},
    "DATE_OF_BIRTH": {"one": "date of birth", "other": "dates of birth"},
    "URL": {"one": "web address", "other": "web addresses"},
    "API_KEY": {"one": "secret key", "other": "secret keys"},
    "CREDENTIAL": {"one": "password or key", "other": "passwords or keys"},
    "BANK_ACCOUNT": {"one": "bank account number", "other": "bank account numbers"},
    "MAC_ADDRESS": {"one": "device number", "other": "device numbers"},
    "IMEI": {"one": "device number", "other": "device numbers"},
    "NATIONAL_ID": {"one": "identity number", "other": "identity numbers"},
    "TAX_ID": {"one": "tax number", "other": "tax numbers"},
    "PASSPORT": {"one": "passport number", "other": "passport numbers"},
    "DRIVER_LICENSE": {"one": "driving licence number", "other": "driving licence numbers"},
    "VEHICLE": {"one": "vehicle number", "other": "vehicle numbers"},
    "CRYPTO": {"one": "wallet address", "other": "wallet addresses"},
    "SOCIAL_HANDLE": {"one": "user name", "other": "user names"},
    "ORGANIZATION": {"one": "company name", "other": "company names"},
    "ADDRESS": {"one": "postal address", "other": "postal addresses"},
    "POSTCODE": {"one": "postcode", "other": "postcodes"},
    "PLACE": {"one": "place name", "other": "place names"},
    "USER_ID": {"one": "user name", "other": "user names"},
    "PAYMENT_ID": {"one": "payment number", "other": "payment numbers"},
    "MEMBERSHIP_ID": {"one": "membership number", "other": "membership numbers"},
    "PLACEHOLDER_LIKE": {"one": "text that looks like a stand-in", "other": "texts that look like stand-ins"},
    "*": {"one": "other personal detail", "other": "other personal details"},
}

LANGUAGE = Language(code="en", direction="ltr", plural=_plural, messages=MESSAGES, entities=ENTITIES)
