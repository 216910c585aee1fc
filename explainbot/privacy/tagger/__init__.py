"""Names, addresses and places by a small statistical model; what it is made of and how good it is: `MODEL_CARD.md`."""
