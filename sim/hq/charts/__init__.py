"""Charts for HQ's pages: what is drawn as data, drawn in the house's look, kept by content."""
