"""Staff accounts: who may sign in. Which projects they may open stands in projects."""
