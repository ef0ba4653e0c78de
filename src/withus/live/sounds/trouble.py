class NotThisSound(ValueError):
    """These bytes are not what they claim, or hold a coding that we do not write."""
