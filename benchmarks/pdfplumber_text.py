"""`python pdfplumber_text.py FILE`: the text that pdfplumber gives for a PDF; run with the peers' own Python."""

import sys

import pdfplumber

with pdfplumber.open(sys.argv[1]) as pdf:
    sys.stdout.write("\f".join(page.extract_text() or "" for page in pdf.pages))
