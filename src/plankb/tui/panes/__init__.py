"""The tabs of the main screen, each in a file of its own; made when they are first opened."""
