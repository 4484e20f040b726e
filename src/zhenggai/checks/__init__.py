"""What must hold of reports and of the built site."""
