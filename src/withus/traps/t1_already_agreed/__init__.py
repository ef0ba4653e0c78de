"""Trap 1: people are asked about something that is decided."""
