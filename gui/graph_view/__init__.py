"""A computational graph on the screen: where its nodes stand, how they are drawn, what is said of them."""
