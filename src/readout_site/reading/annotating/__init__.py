"""What `annotate` is made of: topics and acts, figures, names."""
