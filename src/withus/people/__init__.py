"""People who take part: personal links, words, ways to reach them, needs and consent."""
