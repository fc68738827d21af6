"""The machine under it all: files written whole, room to work in, faults that nobody foresaw."""
