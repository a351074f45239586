"""Tables: true cells filled and headed, columns understood, indicator tables to targets, rows of work to tasks."""
