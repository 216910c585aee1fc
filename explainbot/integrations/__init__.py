"""Ways in: drop-in clients, the decorator, and one file a framework; each framework is imported with its own file."""
