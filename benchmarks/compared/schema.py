"""pandas reads the file, pandera tries it against a schema, and pandas counts."""

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

path, _, known = sys.argv[1:4]
homes = pd.read_csv(Path(known) / "homes.csv")["name"]
sites = pd.read_csv(Path(known) / "sites.csv")["name"]
stays = pd.read_csv(path, sep=";", parse_dates=["Meddelande utskrivningsklar", "Utskrivningsdatum"])
pa.DataFrameSchema(
    {
        "Folkbokföringskommun": pa.Column(str, pa.Check.isin(list(homes))),
        "Sjukhus": pa.Column(str, pa.Check.isin(list(sites))),
        "Vårdform": pa.Column(str, pa.Check.isin(["Somatik", "Psykiatri"])),
        "Meddelande utskrivningsklar": pa.Column("datetime64[ns]", nullable=True, coerce=True),
        "Utskrivningsdatum": pa.Column("datetime64[ns]", coerce=True),
    }
).validate(stays, lazy=True)
ended, told = stays["Utskrivningsdatum"], stays["Meddelande utskrivningsklar"]
stays["days"] = (ended.dt.normalize() - told.dt.normalize()).dt.days
keys = [ended.dt.strftime("%Y-%m"), "Folkbokföringskommun", "Sjukhus", "Vårdform"]
stays.groupby(keys)["days"].agg(["size", "sum"])
