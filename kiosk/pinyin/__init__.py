"""Chinese typed on glass: from letters of pinyin to pages of names, words and characters."""
