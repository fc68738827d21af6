"""Every number worked out anew from the raw files, with plain pandas.

Nothing here is shared with what makes the cube: neither its reading of files nor its statements.
What exports and blocks declare of other counts is read as data; of the county's own datasets the
formulas stand here once more. Only plain layouts are read, a head row and rows under it; what is
not is said.
"""
