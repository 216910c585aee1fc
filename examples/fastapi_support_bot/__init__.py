"""The support desk of Larkwheel, an invented bicycle shop: knowledge base, order look-up and web chat on explainbot."""
