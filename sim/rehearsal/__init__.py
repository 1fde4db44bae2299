"""A survey tried out before it is published: what is wrong with it, how it looks, how it runs."""
