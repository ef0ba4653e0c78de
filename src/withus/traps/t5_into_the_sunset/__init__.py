"""Trap 5: people never hear what became of their input."""
