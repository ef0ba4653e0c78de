"""Groups of people who vote alike."""

LEAST_PEOPLE = 50
"""Below this, groups of opinion are camps of neighbours (D)."""
LEAST_IN_A_GROUP = 5
"""A smaller group gives its people away (facts/small.py)."""
LEAST_VOTES = 7
"""Who voted on fewer cards belongs to no group, as in Polis."""
