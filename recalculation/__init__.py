"""Every number worked out anew from the raw files, with plain pandas.

Nothing here is shared with what makes the cube: neither its reading of files, its statements nor
its catalogue. Only plain layouts are read, a head row and rows under it; what is not is said.
"""
