"""What `withus` can do at the command line, a file a command."""
