"""A question brought into standard form: one line, standard words, Chinese terms, names as they are compared."""
