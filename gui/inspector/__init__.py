"""What the inspector says of a subject: pages of formulas and numbers, and the source that computed them."""
