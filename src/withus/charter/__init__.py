"""What a project is for, what can and cannot change, who decides; the honest label."""
