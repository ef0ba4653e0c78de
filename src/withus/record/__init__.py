"""An append-only, hash-chained log for each project: one way to say that something happened."""
