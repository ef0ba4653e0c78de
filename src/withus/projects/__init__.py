"""Organisations, projects, who belongs to them; nothing else."""
