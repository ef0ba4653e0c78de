"""A project as it stood on one day: facts without judgement, and measures that take facts and return values."""
