"""The blocks of a workshop and their times."""
