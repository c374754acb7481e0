"""What the search panel is made of: its settings, and the pictures of the trials."""
