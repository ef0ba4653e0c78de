"""Themes, answers, promises, telling each person, and their own word that they heard."""
