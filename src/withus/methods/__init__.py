"""Creative methods and picture decks: data, and the code that checks it."""
