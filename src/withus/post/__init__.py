"""Outgoing mail and letters, and jobs: written with the fact that needs them, done once. Knows no project words."""
