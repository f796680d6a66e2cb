"""Resolves a Febrl table with the ECM classifier of recordlinkage: python recordlinkage_peer.py febrl TABLE CLUSTERS."""

import csv
import sys

import pandas
import recordlinkage


def main():
    _, table, clusters = sys.argv[1:4]
    people = pandas.read_csv(table, index_col="rec_id", dtype=str, skipinitialspace=True)
    index = recordlinkage.Index()
    index.block("given_name")
    index.block("surname")
    index.block("date_of_birth")
    index.block("soc_sec_id")
    pairs = index.index(people)
    compare = recordlinkage.Compare()
    compare.string("given_name", "given_name", method="jarowinkler", threshold=0.85)
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85)
    compare.exact("date_of_birth", "date_of_birth")
    compare.exact("soc_sec_id", "soc_sec_id")
    compare.exact("postcode", "postcode")
    compare.exact("suburb", "suburb")
    compare.string("address_1", "address_1", threshold=0.85)
    features = compare.compute(pairs, people)
    links = recordlinkage.ECMClassifier(binarize=0.5).fit_predict(features)
    parents = {record: record for record in people.index}

    def root(record):
        while parents[record] != record:
            parents[record] = parents[parents[record]]
            record = parents[record]
        return record

    for one, other in links:
        one, other = root(one), root(other)
        parents[max(one, other)] = min(one, other)
    with open(clusters, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["record_id", "entity_id"])
        rows.writerows([record, root(record)] for record in people.index)


main()
