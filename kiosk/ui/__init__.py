"""Nodes, layout, painting, text and theme; knows nothing of members."""
