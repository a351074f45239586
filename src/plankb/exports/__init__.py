"""What leaves the program as files: one module a format; each turns records into bytes and computes no facts."""
