"""The checker: a linter for co-production. Pure: facts in, findings out."""
