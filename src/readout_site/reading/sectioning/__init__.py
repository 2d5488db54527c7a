"""What `section` is made of: sentences, days, places, people and who published."""
