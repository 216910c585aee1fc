"""Endpoints where text is written, kept, listed or turned into something else, but no customer is answered.

Each is a name and an operation; what they have in common is in `records`.
"""

from __future__ import annotations

from explainbot.protocols.records import Records

COMPLETIONS = Records("openai.chat.kept", "store")
RESPONSES = Records("openai.responses.kept", "store")
CONVERSATIONS = Records("openai.conversations", "store")
BATCHES = Records("openai.batches", "store")
VECTOR_STORES = Records("openai.vector_stores", "retrieval")
ASSISTANTS = Records("openai.assistants", "store")
EMBEDDINGS = Records("openai.embeddings", "embeddings")
MODERATIONS = Records("openai.moderations", "moderate")
DECISIONS = Records("openai.decisions", "decide")
IMAGES = Records("openai.images", "generate_content")
SPEECH = Records("openai.speech", "generate_content")
TRANSCRIPTS = Records("openai.transcripts", "transcribe", lines=True, files="audio")
