"""The screens: the main one with its tabs, and those that open over it."""
