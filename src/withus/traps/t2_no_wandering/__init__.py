"""Trap 2: people are shut down to keep to the plan."""
