"""Trap 3: one service user among professionals."""
