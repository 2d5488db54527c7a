"""What `clean` is made of: decoding, formats, and telling furniture from text."""
