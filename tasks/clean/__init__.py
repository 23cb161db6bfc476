"""Lines to articles: joined lines, paragraphs, headlines, bylines, the issue's date, and the way back to each line."""
