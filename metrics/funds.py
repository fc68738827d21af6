"""The fund register as frames for the page: every recipient of a programme and year.

programmes() -> list[tuple[str, str]]
    The (programme, year) that there are funds for, newest year first, then by programme.
register(*, programme, year) -> DataFrame
    A row a recipient in the file's order: `programme`, `year` (text), `level` (county, areas, area,
    federation, region, nosam or project), `recipient` (as the file has it), `area` (the key of a
    single area, else None), `decided_on` (2020-09-09 or None), `decided_by` (or None), `note`
    omitted, and for each measure in `allocated`, `ceiling`, `requisitioned`, `used`: kronor as a
    whole number in a float64 column (NaN where the register has none) and `<measure>_bound`,
    exact or lower (None where there is none).
explained(*, programme, year) -> DataFrame
    The whole against its parts: `recipient` (the whole), `whole`, `parts`, `unexplained` (never
    forced to zero; negative where the parts are more) and `bound` of `unexplained`. No rows where
    the register has no whole or no parts.
"""
