"""Companies of any size, built by okrsite and by its peers, measured as whole processes."""
