"""Facts from the tables, judged; the only writer of findings."""
