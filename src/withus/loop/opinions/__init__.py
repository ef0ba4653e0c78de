"""Groups of people who vote alike."""

LEAST_PEOPLE = 50
"""Below this, groups of opinion are camps of neighbours (D)."""
