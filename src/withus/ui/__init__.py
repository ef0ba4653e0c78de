"""What every page is made of: base pages, components, islands. Knows no project words."""
