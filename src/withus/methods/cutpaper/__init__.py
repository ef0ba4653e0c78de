"""The starter deck, drawn by rule: cut-paper scenes. `python -m withus.methods.cutpaper` draws it anew. Own work, CC0."""
