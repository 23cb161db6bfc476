"""How right jianbao is: a gold folder's document, read as any other, against what people wrote down about it."""
