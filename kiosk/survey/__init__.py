"""Surveys: what is asked, in which order, what an answer changes; pure."""
