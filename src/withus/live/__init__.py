"""The workshop itself: what people give, the wall, the console."""
