"""What goes out of a project: feeds, a badge, the owners' calendar, an organisation's page, reports and data."""
