"""Guarded transports: thin shells that carry an exchange's bytes. They know only `Exchange`."""
