"""What stands behind `./dev`: making the environment, building the front end, checking, testing, locking."""
