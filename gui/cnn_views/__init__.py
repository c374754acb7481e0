"""What a network sees of an image: filters, feature maps, a digit drawn by hand, the misclassified."""
