"""Resolves a table with Splink 4 on DuckDB: python splink_peer.py KIND TABLE CLUSTERS [predict].

KIND is people, fake or febrl. Settings follow Splink's documentation: comparisons of its library with term frequencies,
blocking rules on identifiers and on names with dates, u by random sampling, m by expectation maximisation on two or more
blocks, links from a probability of 0.95. `predict` stops before clustering, which a million rows do not reach in the
memory of a desk computer.
"""

import logging
import sys

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.getLogger("splink").setLevel(logging.ERROR)
THRESHOLD = 0.95


def people():
    clean = """
        select record_id as unique_id,
            nullif(trim(regexp_replace(lower(strip_accents(full_name)), '[^\\w ]', ' ', 'g')), '') as full_name,
            nullif(list_aggregate(list_sort(string_split(
                trim(regexp_replace(lower(strip_accents(full_name)), '[^\\w]+', ' ', 'g')), ' ')), 'string_agg', ' '), '') as sorted_name,
            coalesce(try_strptime(dob, '%Y-%m-%d'), try_strptime(dob, '%d/%m/%Y'), try_strptime(dob, '%d %b %Y'))::date as dob,
            nullif(lower(email), '') as email,
            nullif(right(regexp_replace(phone, '[^0-9]', '', 'g'), 9), '') as phone,
            nullif(ltrim(lower(username), '@'), '') as username,
            nullif(lower(address), '') as address,
            nullif(lower(strip_accents(city)), '') as city,
            nullif(country, '') as country,
            nullif(lower(company), '') as company,
            nullif(ip, '') as ip, nullif(wallet, '') as wallet
        from read_csv('{table}', all_varchar = true, header = true)"""
    exact = lambda column: cl.ExactMatch(column).configure(term_frequency_adjustments=True)
    comparisons = [
        cl.JaroWinklerAtThresholds("sorted_name", [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=False),
        cl.JaroWinklerAtThresholds("email", [0.95]).configure(term_frequency_adjustments=True),
        cl.LevenshteinAtThresholds("phone", [1]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("username", [0.92]).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("address", [0.95]).configure(term_frequency_adjustments=True),
        exact("city"),
        exact("country"),
        cl.JaroWinklerAtThresholds("company", [0.9]).configure(term_frequency_adjustments=True),
        exact("ip"),
        exact("wallet"),
    ]
    blocks = [
        block_on("email"),
        block_on("phone"),
        block_on("username"),
        block_on("wallet"),
        block_on("sorted_name", "city"),
        block_on("sorted_name", "dob"),
        block_on("address", "city"),
        block_on("sorted_name", "company"),
        block_on("dob", "substr(sorted_name, 1, 2)"),
    ]
    training = [block_on("sorted_name"), block_on("email"), block_on("phone"), block_on("username")]
    rules = [block_on("email"), block_on("username"), block_on("phone", "sorted_name"), block_on("sorted_name", "dob")]
    return clean, comparisons, blocks, training, rules, 0.4


def fake():
    clean = "select * from read_csv('{table}', all_varchar = true, header = true)"
    comparisons = [
        cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
        cl.NameComparison("surname").configure(term_frequency_adjustments=True),
        cl.DateOfBirthComparison("dob", input_is_string=True),
        cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        cl.EmailComparison("email"),
    ]
    blocks = [
        block_on("first_name"),
        block_on("surname"),
        block_on("dob"),
        block_on("email"),
    ]
    training = [block_on("first_name", "surname"), block_on("dob"), block_on("email")]
    rules = [block_on("first_name", "surname", "dob"), block_on("email")]
    return clean, comparisons, blocks, training, rules, 0.7


def febrl():
    clean = """select rec_id as unique_id, * exclude (rec_id)
        from read_csv('{table}', all_varchar = true, header = true, ignore_errors = true)"""
    exact = lambda column: cl.ExactMatch(column).configure(term_frequency_adjustments=True)
    comparisons = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.LevenshteinAtThresholds("date_of_birth", [1, 2]),
        cl.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
        exact("street_number"),
        exact("postcode"),
        cl.JaroWinklerAtThresholds("address_1", [0.9]),
        exact("suburb"),
    ]
    blocks = [
        block_on("soc_sec_id"),
        block_on("given_name", "surname"),
        block_on("surname", "date_of_birth"),
        block_on("given_name", "date_of_birth"),
        block_on("postcode", "date_of_birth"),
        block_on("address_1"),
        block_on("surname", "postcode"),
        block_on("given_name", "suburb"),
        block_on("given_name", "postcode"),
        block_on("suburb", "date_of_birth"),
    ]
    training = [block_on("soc_sec_id"), block_on("date_of_birth")]
    rules = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]
    return clean, comparisons, blocks, training, rules, 0.9


def main():
    kind, table, clusters = sys.argv[1:4]
    clean, comparisons, blocks, training, rules, recall = {"people": people, "fake": fake, "febrl": febrl}[kind]()
    connection = duckdb.connect()
    connection.execute("create table records as " + clean.format(table=table)).fetchall()
    rows = connection.execute("select count(*) from records").fetchone()[0]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=blocks,
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    linker = Linker("records", settings, DuckDBAPI(connection=connection))
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 if rows < 50_000 else 5e6, seed=7)
    for block in training:
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    pairs = linker.inference.predict(threshold_match_probability=THRESHOLD)
    if "predict" in sys.argv[4:]:
        name = pairs.physical_name
        query = f"select unique_id_l, unique_id_r from {name}"
        connection.execute(f"copy ({query}) to '{clusters}' (header)").fetchall()
        return
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, THRESHOLD)
    query = f"select unique_id as record_id, cluster_id as entity_id from {found.physical_name}"
    connection.execute(f"copy ({query}) to '{clusters}' (header)").fetchall()


main()
