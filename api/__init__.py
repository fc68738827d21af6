"""The read API beside the pages: the numbers that pages show, for programs that ask for them."""
