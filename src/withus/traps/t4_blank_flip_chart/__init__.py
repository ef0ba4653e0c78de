"""Trap 4: talk in groups, write on a flip chart, report back."""
