"""What `./dev bench NAME` measures, one file each; each prints its numbers as JSON."""
