"""A typesetter: lays the articles of an issue out as the dump of a page, in one of many ways that a seed chooses.

Only what a reader of the page could take apart again is set: paragraphs are always told by an indent, a blank line or a
line of their own; where an article has subheadings, all articles show where they begin or end.
"""
