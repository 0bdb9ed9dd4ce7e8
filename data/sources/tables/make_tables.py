#!/usr/bin/env python3
"""Make the CSV files of this folder and tables.toml from data packages of the registries.

    python3 make_tables.py            # standard library only; needs npm and pip to fetch packages

Sources, pinned: npm vega-datasets, PyPI statsmodels, geopandas (for Natural Earth) and periodictable,
and a few tables of well-known facts or plain arithmetic written down here. Each table is trimmed or
aggregated as its `changes` field says; numbers are written with the decimals of their column.
"""

import argparse
import collections
import csv
import hashlib
import io
import json
import math
import pathlib
import re
import struct
import subprocess
import sys
import tarfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
VEGA = ("vega-datasets", "3.2.1")
WHEELS = {"statsmodels": "0.15.0", "geopandas": "0.14.4", "periodictable": "2.1.0"}
MONTHS = "January February March April May June July August September October November December".split()
US = "public-domain"
TABLES = []


def col(name, kind="number", unit="", decimals=0, additive=False, aggregate="mean", fmt="", ordered=False):
    return dict(name=name, type=kind, unit=unit, decimals=decimals, additive=additive, aggregate=aggregate, format=fmt, ordered=ordered)


def text(name, ordered=False):
    return col(name, "category", aggregate="none", ordered=ordered)


def time(name, fmt):
    return col(name, "time", aggregate="none", fmt=fmt, ordered=True)


def add(name, title, description, columns, rows, key, licence, origin, package, attribution, subject, changes, note="", wide=None):
    """Write one table and remember its description."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(c["name"] for c in columns)
    seen = set()
    for row in rows:
        cells = []
        for c, v in zip(columns, row, strict=True):
            if v is None or v == "":
                cells.append("")
            elif c["type"] == "number":
                cells.append(f"{float(v) + 0.0:.{c['decimals']}f}")
                if float(cells[-1]) == 0:
                    cells[-1] = cells[-1].lstrip("-")
            else:
                cells.append(str(v))
        mark = tuple(cells[[c["name"] for c in columns].index(k)] for k in key)
        if mark in seen:
            sys.exit(f"{name}: key {mark} occurs twice")
        seen.add(mark)
        writer.writerow(cells)
    data = out.getvalue().encode()
    (HERE / f"{name}.csv").write_bytes(data)
    TABLES.append(
        dict(
            name=name, title=title, description=description, file=f"{name}.csv", rows=len(rows),
            sha256=hashlib.sha256(data).hexdigest(), licence=licence, licence_note=note, source=origin, package=package,
            attribution=attribution, changes=changes, subject=subject, key=key, columns=columns, wide=wide,
        )
    )  # fmt: skip


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def vega_tables(read):
    package = f"npm {VEGA[0]} {VEGA[1]}"
    gov = "work of the United States government (17 U.S.C. 105), as stated in the package's datapackage.json"

    daily = list(csv.DictReader(io.StringIO(read("weather.csv"))))
    seattle = collections.defaultdict(list)
    for r in daily:
        if r["location"] == "Seattle":
            seattle[r["date"][:7]].append(r)
    add(
        "seattle_weather", "Seattle weather, month by month",
        "Monthly rainfall, mean daily high and low and days with rain in Seattle, 2012 to 2015.",
        [
            time("Month", "%Y-%m"), col("Precipitation", unit="mm", decimals=1, additive=True, aggregate="sum"),
            col("Mean high", unit="°C", decimals=1), col("Mean low", unit="°C", decimals=1),
            col("Days with precipitation", unit="days", additive=True, aggregate="sum"),
        ],
        [
            (m, sum(float(r["precipitation"]) for r in v), mean(float(r["temp_max"]) for r in v),
             mean(float(r["temp_min"]) for r in v), sum(float(r["precipitation"]) > 0 for r in v))
            for m, v in sorted(seattle.items())
        ],
        ["Month"], US, "National Oceanic and Atmospheric Administration", package,
        "NOAA National Centers for Environmental Information", "weather", "daily values summed or averaged by month", gov,
    )  # fmt: skip
    by_city = collections.defaultdict(list)
    for r in daily:
        by_city[(r["location"], int(r["date"][5:7]))].append(r)
    years = len({r["date"][:4] for r in daily})
    add(
        "two_cities_weather", "A year in Seattle and New York",
        "Mean daily high and mean monthly rainfall of Seattle and New York, averaged over 2012 to 2015.",
        [
            text("Month", True), col("High in Seattle", unit="°C", decimals=1), col("High in New York", unit="°C", decimals=1),
            col("Rain in Seattle", unit="mm", decimals=1, additive=True, aggregate="sum"),
            col("Rain in New York", unit="mm", decimals=1, additive=True, aggregate="sum"),
        ],
        [
            (MONTHS[m - 1], *(mean(float(r["temp_max"]) for r in by_city[(c, m)]) for c in ("Seattle", "New York")),
             *(sum(float(r["precipitation"]) for r in by_city[(c, m)]) / years for c in ("Seattle", "New York")))
            for m in range(1, 13)
        ],
        ["Month"], US, "National Oceanic and Atmospheric Administration", package,
        "NOAA National Centers for Environmental Information", "weather", "daily values averaged by calendar month over four years", gov,
    )  # fmt: skip
    kinds = ["Drizzle", "Fog", "Rain", "Snow", "Sun"]
    counted = collections.Counter((r["location"], r["date"][:4], r["weather"].capitalize()) for r in daily)
    add(
        "weather_days", "Sun, rain and snow", "Days of each kind of weather in Seattle and New York by year, 2012 to 2015.",
        [text("City"), time("Year", "%Y"), *(col(k, unit="days", additive=True, aggregate="sum") for k in kinds)],
        [(c, y, *(counted[(c, y, k)] for k in kinds)) for c in ("New York", "Seattle") for y in ("2012", "2013", "2014", "2015")],
        ["City", "Year"], US, "National Oceanic and Atmospheric Administration", package,
        "NOAA National Centers for Environmental Information", "weather", "days counted by year and kind", gov,
    )  # fmt: skip
    hourly = collections.defaultdict(list)
    for r in csv.DictReader(io.StringIO(read("seattle-weather-hourly-normals.csv"))):
        hourly[(int(r["date"][11:13]), int(r["date"][5:7]))].append(float(r["temperature"]))
    add(
        "seattle_hours", "Temperature in Seattle by hour and month", "Normal temperature (1981 to 2010) by hour of the day and month.",
        [text("Hour", True), *(col(m[:3], unit="°C", decimals=1) for m in MONTHS)],
        [(f"{h:02}:00", *(mean(hourly[(h, m)]) for m in range(1, 13))) for h in range(24)],
        ["Hour"], US, "National Oceanic and Atmospheric Administration, 1981-2010 Climate Normals", package,
        "NOAA National Centers for Environmental Information", "weather", "hourly normals averaged by month", gov,
        dict(dimension="Month", measure="Temperature", unit="°C"),
    )  # fmt: skip
    co2 = collections.defaultdict(list)
    for r in csv.DictReader(io.StringIO(read("co2-concentration.csv"))):
        co2[r["Date"][:4]].append(float(r["CO2"]))
    add(
        "co2_mauna_loa", "Carbon dioxide at Mauna Loa", "Annual mean of carbon dioxide in the air at Mauna Loa, Hawaii, for years with at least eleven monthly values.",
        [time("Year", "%Y"), col("CO2", unit="ppm", decimals=2), col("Lowest month", unit="ppm", decimals=2), col("Highest month", unit="ppm", decimals=2)],
        [(y, mean(v), min(v), max(v)) for y, v in sorted(co2.items()) if len(v) >= 11],
        ["Year"], "CC-BY-4.0", "Scripps CO2 Program, Scripps Institution of Oceanography", package,
        "Keeling et al., Scripps CO2 Program, UC San Diego, CC BY 4.0", "climate", "monthly values averaged by year",
    )  # fmt: skip
    add(
        "global_temperature", "Global temperature since 1880", "Difference of the global mean surface temperature from the mean of 1951 to 1980.",
        [time("Year", "%Y"), col("Temperature anomaly", unit="°C", decimals=2)],
        [(r["year"], r["temp"]) for r in csv.DictReader(io.StringIO(read("global-temp.csv")))],
        ["Year"], US, "NASA Goddard Institute for Space Studies, GISTEMP", package, "NASA GISS Surface Temperature Analysis", "climate", "none", gov,
    )  # fmt: skip
    wanted = (
        "Argentina,Australia,Bangladesh,Brazil,Canada,China,Colombia,Egypt,France,Germany,Greece,India,Indonesia,Iran,Ireland,Italy,"
        "Japan,Kenya,Mexico,Nigeria,Norway,Pakistan,Peru,Poland,South Africa,South Korea,Spain,Turkey,United Kingdom,United States"
    ).split(",")
    people = [r for r in json.loads(read("gapminder.json")) if r["country"] in wanted]
    add(
        "countries_1955_2005", "Fifty years of population and health", "Population, life expectancy and children per woman of thirty countries every five years, 1955 to 2005.",
        [
            text("Country"), time("Year", "%Y"), col("Population", additive=True, aggregate="sum"),
            col("Life expectancy", unit="years", decimals=1), col("Children per woman", decimals=2),
        ],
        [(r["country"], r["year"], r["pop"], r["life_expect"], r["fertility"]) for r in sorted(people, key=lambda r: (r["country"], r["year"]))],
        ["Country", "Year"], "CC-BY-4.0", "Gapminder Foundation", package, "Free data from Gapminder.org, CC BY 4.0", "population", "thirty countries taken out; life expectancy rounded to one decimal",
    )  # fmt: skip
    regions = {"south_asia": "South Asia", "europe_central_asia": "Europe and Central Asia", "middle_east_north_africa": "Middle East and North Africa",
               "sub_saharan_africa": "Sub-Saharan Africa", "america": "America", "east_asia_pacific": "East Asia and Pacific"}  # fmt: skip
    add(
        "health_and_income", "Health and income of nations", "Income per person, life expectancy and population of 187 countries (about 2015).",
        [
            text("Country"), text("Region"), col("Income per person", unit="international $"),
            col("Life expectancy", unit="years", decimals=1), col("Population", additive=True, aggregate="sum"),
        ],
        [(r["country"], regions[r["region"]], r["income"], r["health"], r["population"]) for r in csv.DictReader(io.StringIO(read("gapminder-health-income.csv")))],
        ["Country"], "CC-BY-4.0", "Gapminder Foundation", package, "Free data from Gapminder.org, CC BY 4.0", "population", "region names spelled out; life expectancy rounded to one decimal",
    )  # fmt: skip
    add(
        "iowa_electricity", "Electricity in Iowa by source", "Net generation of electricity in Iowa by source and year, 2001 to 2017.",
        [time("Year", "%Y"), text("Source"), col("Net generation", unit="GWh", additive=True, aggregate="sum")],
        [(r["year"][:4], r["source"], r["net_generation"]) for r in sorted(csv.DictReader(io.StringIO(read("iowa-electricity.csv"))), key=lambda r: (r["year"], r["source"]))],
        ["Year", "Source"], US, "U.S. Energy Information Administration", package, "U.S. Energy Information Administration", "energy", "years written without month and day", gov,
    )  # fmt: skip
    jobs = {"construction": "Construction", "manufacturing": "Manufacturing", "mining_and_logging": "Mining and logging", "retail_trade": "Retail trade",
            "wholesale_trade": "Wholesale trade", "transportation_and_warehousing": "Transport and warehousing", "utilities": "Utilities", "information": "Information",
            "financial_activities": "Finance", "education_and_health_services": "Education and health", "leisure_and_hospitality": "Leisure and hospitality", "government": "Government"}  # fmt: skip
    add(
        "us_jobs", "Jobs in the United States by sector", "Jobs by sector and month, January 2006 to December 2015, seasonally adjusted, in thousands.",
        [time("Month", "%Y-%m"), *(col(v, unit="thousand", decimals=1 if k in ("retail_trade", "wholesale_trade", "utilities") else 0) for k, v in jobs.items())],
        [(r["month"][:7], *(r[k] for k in jobs)) for r in csv.DictReader(io.StringIO(read("us-employment.csv")))],
        ["Month"], US, "U.S. Bureau of Labor Statistics, Current Employment Statistics", package, "U.S. Bureau of Labor Statistics", "work", "twelve sectors taken out", gov,
        dict(dimension="Sector", measure="Jobs", unit="thousand"),
    )  # fmt: skip
    idle = collections.defaultdict(list)
    for r in json.loads(read("unemployment-across-industries.json")):
        if r["year"] < 2010:
            idle[(r["series"], r["year"])].append(r)
    add(
        "us_unemployment", "Unemployment by industry", "Unemployed persons and unemployment rate in the United States by industry, annual means 2000 to 2009.",
        [text("Industry"), time("Year", "%Y"), col("Unemployed", unit="thousand"), col("Unemployment rate", unit="%", decimals=1)],
        [(k[0], k[1], mean(r["count"] for r in v), mean(r["rate"] for r in v)) for k, v in sorted(idle.items())],
        ["Industry", "Year"], US, "U.S. Bureau of Labor Statistics, Current Population Survey", package,
        "U.S. Bureau of Labor Statistics; BLS.gov cannot vouch for the data or analyses derived from these data", "work", "monthly values averaged by year; 2010 left out", gov,
    )  # fmt: skip
    add(
        "us_states_engineers", "Where engineers live", "Population and engineers per thousand inhabitants of the states of the United States.",
        [text("State"), col("Population", additive=True, aggregate="sum"), col("Engineers per 1,000", decimals=2)],
        [(r["state"], r["population"], float(r["engineers"]) * 1000) for r in csv.DictReader(io.StringIO(read("population_engineers_hurricanes.csv")))],
        ["State"], US, "U.S. Census Bureau and Bureau of Labor Statistics", package, "U.S. Census Bureau; U.S. Bureau of Labor Statistics", "population", "share written per thousand; one column left out", gov,
    )  # fmt: skip
    strikes = list(csv.DictReader(io.StringIO(read("birdstrikes.csv"))))
    harmed = lambda v: sum(r["Effect Amount of damage"] != "None" for r in v)  # noqa: E731
    species = collections.defaultdict(list)
    for r in strikes:
        if not r["Wildlife Species"].startswith("Unknown"):
            species[r["Wildlife Species"]].append(r)
    top = sorted(species.items(), key=lambda kv: (-len(kv[1]), kv[0]))[:30]
    add(
        "bird_strikes", "Which birds hit aircraft", "The thirty kinds of animals most often named in a sample of 10,000 wildlife strike reports, 1990 to 2002.",
        [
            text("Animal"), col("Strikes", additive=True, aggregate="sum"), col("With damage", additive=True, aggregate="sum"),
            col("Repair cost", unit="$", additive=True, aggregate="sum"),
        ],
        [(k, len(v), harmed(v), sum(float(r["Cost Total $"] or 0) for r in v)) for k, v in top],
        ["Animal"], US, "Federal Aviation Administration, Wildlife Strike Database", package, "FAA Wildlife Strike Database", "aviation", "reports counted and costs summed by species", gov,
    )  # fmt: skip
    phases, times = ["Take-off run", "Climb", "Descent", "Approach", "Landing Roll"], ["Dawn", "Day", "Dusk", "Night"]
    by_phase = collections.Counter((r["Phase of flight"], r["Time of day"]) for r in strikes)
    add(
        "bird_strikes_phase", "Bird strikes by phase of flight", "Wildlife strikes in a sample of 10,000 reports by phase of flight and time of day, 1990 to 2002.",
        [text("Phase of flight", True), *(col(t, additive=True, aggregate="sum") for t in times)],
        [(p.replace("Roll", "roll"), *(by_phase[(p, t)] for t in times)) for p in phases],
        ["Phase of flight"], US, "Federal Aviation Administration, Wildlife Strike Database", package, "FAA Wildlife Strike Database", "aviation", "reports counted; two rare phases left out", gov,
        dict(dimension="Time of day", measure="Strikes", unit=""),
    )  # fmt: skip
    quakes = []
    for f in json.loads(read("earthquakes.json"))["features"]:
        p, depth = f["properties"], f["geometry"]["coordinates"][2]
        if p["type"] == "earthquake" and p["mag"] is not None:
            quakes.append((p["time"], p["place"], p["mag"], depth))
    quakes = sorted(sorted(quakes, key=lambda q: (-q[2], q[0]))[:80])
    stamp = lambda ms: __import__("datetime").datetime.fromtimestamp(ms / 1000, __import__("datetime").timezone.utc)  # noqa: E731
    add(
        "earthquakes_week", "A week of earthquakes", "The eighty strongest earthquakes from 31 January to 7 February 2018.",
        [time("Time (UTC)", "%Y-%m-%d %H:%M:%S"), text("Place"), col("Magnitude", decimals=1, aggregate="max"), col("Depth", unit="km", decimals=1)],
        [(stamp(t).strftime("%Y-%m-%d %H:%M:%S"), place, mag, depth) for t, place, mag, depth in quakes],
        ["Time (UTC)", "Place"], US, "U.S. Geological Survey, Earthquake Hazards Program", package, "U.S. Geological Survey", "earth", "the eighty strongest of 1,703 events; times to the second", gov,
    )  # fmt: skip
    add(
        "wheat_and_wages", "Wheat and wages, 1565 to 1830", "Price of a quarter of wheat and weekly wages of a good mechanic in England, drawn by William Playfair.",
        [time("Year", "%Y"), col("Price of wheat", unit="shillings", decimals=1), col("Weekly wages", unit="shillings", decimals=2)],
        [(r["year"], r["wheat"], r.get("wages")) for r in json.loads(read("wheat.json"))],
        ["Year"], US, "William Playfair, A Letter on our Agricultural Distresses, 1822", package, "William Playfair, 1822", "history", "none", "published in 1822; out of copyright",
    )  # fmt: skip
    add(
        "crimea_mortality", "Deaths in the army in the East", "Deaths by cause and strength of the British army, April 1854 to March 1856, from Florence Nightingale's tables.",
        [
            time("Month", "%Y-%m"), col("Strength of the army"), col("Disease", unit="deaths", additive=True, aggregate="sum"),
            col("Wounds", unit="deaths", additive=True, aggregate="sum"), col("Other causes", unit="deaths", additive=True, aggregate="sum"),
        ],
        [(r["date"][:7], r["army_size"], r["disease"], r["wounds"], r["other"]) for r in json.loads(read("crimea.json"))],
        ["Month"], US, "Florence Nightingale, A Contribution to the Sanitary History of the British Army, 1859, table II", package, "Florence Nightingale, 1859", "history",
        "months written without day", "figures of a book published in 1859; out of copyright",
    )  # fmt: skip
    airports = {r["iata"]: r for r in csv.DictReader(io.StringIO(read("airports.csv")))}
    leaving, reach = collections.Counter(), collections.defaultdict(set)
    for r in csv.DictReader(io.StringIO(read("flights-airport.csv"))):
        leaving[r["origin"]] += int(r["count"])
        reach[r["origin"]].add(r["destination"])
    busy = [c for c, _ in leaving.most_common() if c in airports][:50]
    add(
        "us_airports", "The busiest airports of 2008", "Departures and destinations of the fifty airports of the United States with most departures in 2008.",
        [text("Airport"), text("City"), text("State"), col("Departures", additive=True, aggregate="sum"), col("Destinations")],
        [(c, airports[c]["city"], airports[c]["state"], leaving[c], len(reach[c])) for c in busy],
        ["Airport"], US, "U.S. Bureau of Transportation Statistics", package, "U.S. Bureau of Transportation Statistics", "aviation", "routes summed by airport of departure; city and state added", gov,
    )  # fmt: skip
    fields = collections.Counter(r["state"] for r in airports.values() if r["country"] == "USA" and re.fullmatch("[A-Z]{2}", r["state"]) and r["state"] != "NA")
    add(
        "airports_by_state", "Airfields by state", "Airports and airfields by state of the United States.",
        [text("State"), col("Airports", additive=True, aggregate="sum")], sorted(fields.items()),
        ["State"], US, "Federal Aviation Administration, via data.gov", package, "Federal Aviation Administration", "aviation", "airports counted by state", gov,
    )  # fmt: skip
    penguins = [r for r in json.loads(read("penguins.json")) if r["Sex"] in ("MALE", "FEMALE")]
    penguins.sort(key=lambda r: (r["Species"], r["Island"]))
    sizes = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"]
    size_columns = [col("Beak length", unit="mm", decimals=1), col("Beak depth", unit="mm", decimals=1), col("Flipper length", unit="mm"), col("Body mass", unit="g")]
    add(
        "penguins", "Penguins of the Palmer Archipelago", "Size and sex of 333 penguins of three species on three islands.",
        [text("Bird"), text("Species"), text("Island"), text("Sex"), *size_columns],
        [(f"P{i:03}", r["Species"], r["Island"], r["Sex"].capitalize(), *(r[s] for s in sizes)) for i, r in enumerate(penguins, 1)],
        ["Bird"], "CC0-1.0", "Kristen Gorman and Palmer Station Antarctica LTER", package, "Gorman, Williams and Fraser 2014; Horst, Hill and Gorman 2020", "biology",
        "birds without sex left out; running number added",
    )  # fmt: skip
    groups = collections.defaultdict(list)
    for r in penguins:
        groups[(r["Species"], r["Island"], r["Sex"].capitalize())].append(r)
    add(
        "penguin_means", "Penguins by species, island and sex", "Number and mean size of penguins by species, island and sex.",
        [text("Species"), text("Island"), text("Sex"), col("Birds", additive=True, aggregate="sum"), *(dict(c, decimals=1) for c in size_columns)],
        [(*k, len(v), *(mean(r[s] for r in v) for s in sizes)) for k, v in sorted(groups.items())],
        ["Species", "Island", "Sex"], "CC0-1.0", "Kristen Gorman and Palmer Station Antarctica LTER", package, "Gorman, Williams and Fraser 2014; Horst, Hill and Gorman 2020", "biology",
        "means over groups",
    )  # fmt: skip
    names = ["Individual Income Taxes", "Corporation Income Taxes", "Social Insurance Taxes and Contributions", "Excise Taxes", "Customs Duties", "Misc. Governmental Receipts"]
    shown = ["Individual income taxes", "Corporation income taxes", "Social insurance", "Excise taxes", "Customs duties", "Miscellaneous receipts"]
    budget = json.loads(read("budget.json"))
    whole = lambda v: float(str(v).replace(",", "") or 0)  # noqa: E731
    add(
        "us_receipts", "Receipts of the United States", "Federal receipts by source, fiscal years 1962 to 2014, in millions of dollars.",
        [time("Fiscal year", "%Y"), *(col(s, unit="million $", additive=True, aggregate="sum") for s in shown)],
        [(y, *(sum(whole(r[str(y)]) for r in budget if r["Source category name"] == n) / 1000 for n in names)) for y in range(1962, 2015)],
        ["Fiscal year"], US, "U.S. Office of Management and Budget, Budget FY 2016", package, "U.S. Office of Management and Budget", "public finance",
        "accounts summed by source; thousands of dollars written as millions; estimates after 2014 and two small sources left out", gov,
        dict(dimension="Source", measure="Receipts", unit="million $"),
    )  # fmt: skip


def statsmodels_tables(read):
    package = f"PyPI statsmodels {WHEELS['statsmodels']}"
    said = "the package states that the data are in the public domain"
    rows = lambda name: list(csv.DictReader(io.StringIO(read(f"statsmodels/datasets/{name}/{name}.csv"))))  # noqa: E731
    add(
        "nile_flow", "The Nile at Aswan", "Annual discharge of the Nile at Aswan, 1871 to 1970.",
        [time("Year", "%Y"), col("Discharge", unit="100 million m³")], [(r["year"], r["volume"]) for r in rows("nile")],
        ["Year"], US, "Cobb 1978, Biometrika 65", package, "G. W. Cobb 1978", "rivers", "none", said,
    )  # fmt: skip
    add(
        "sunspots", "Sunspots since 1700", "Annual mean of the sunspot number, 1700 to 2008.",
        [time("Year", "%Y"), col("Sunspot number", decimals=1)], [(int(float(r["YEAR"])), r["SUNACTIVITY"]) for r in rows("sunspots")],
        ["Year"], US, "NOAA National Geophysical Data Center", package, "NOAA National Geophysical Data Center", "astronomy", "none", said,
    )  # fmt: skip
    add(
        "el_nino", "The sea off Peru", "Mean sea surface temperature in the region Niño 1+2 by month, 1950 to 2010.",
        [time("Year", "%Y"), *(col(m[:3], unit="°C", decimals=2) for m in MONTHS)], [(int(float(r["YEAR"])), *(r[m[:3].upper()] for m in MONTHS)) for r in rows("elnino")],
        ["Year"], US, "NOAA National Weather Service, ERSST.V3B", package, "NOAA National Weather Service", "climate", "rounded to two decimals", said,
        dict(dimension="Month", measure="Sea surface temperature", unit="°C"),
    )  # fmt: skip
    add(
        "us_economy", "The economy of the United States by quarter", "Output, spending, prices and unemployment, first quarter 1959 to third quarter 2009.",
        [
            time("Quarter", "%Y Q%q"), col("GDP", unit="billion $ of 2005", decimals=1), col("Consumption", unit="billion $ of 2005", decimals=1),
            col("Investment", unit="billion $ of 2005", decimals=1), col("Government", unit="billion $ of 2005", decimals=1),
            col("Consumer price index", unit="1982–84 = 100", decimals=1), col("Unemployment", unit="%", decimals=1), col("Treasury bill rate", unit="%", decimals=2),
        ],
        [
            (f"{int(float(r['year']))} Q{int(float(r['quarter']))}", r["realgdp"], r["realcons"], r["realinv"], r["realgovt"], r["cpi"], r["unemp"], r["tbilrate"])
            for r in rows("macrodata")
        ],
        ["Quarter"], US, "Federal Reserve Bank of St. Louis and Bureau of Labor Statistics", package, "FRED, Federal Reserve Bank of St. Louis", "economy", "seven columns taken out, rounded", said,
    )  # fmt: skip
    add(
        "longley", "Employment and output, 1947 to 1962", "The classic series of Longley: output, employment and population of the United States.",
        [
            time("Year", "%Y"), col("Employment", unit="thousand"), col("Output", unit="million $"), col("Price deflator", decimals=1),
            col("Unemployed", unit="thousand"), col("Armed forces", unit="thousand"), col("Population", unit="thousand"),
        ],
        [
            (int(float(r["YEAR"])), r["TOTEMP"], r["GNP"], r["GNPDEFL"], float(r["UNEMP"]), float(r["ARMED"]), r["POP"]) for r in rows("longley")
        ],
        ["Year"], US, "Longley 1967; NIST Statistical Reference Datasets", package, "J. W. Longley 1967", "economy", "columns reordered", said,
    )  # fmt: skip
    add(
        "us_states_2009", "The states of the United States in 2009", "Schooling, poverty, urban share and violent crime by state, 2009.",
        [
            text("State"), col("High school graduates", unit="%", decimals=1), col("Below poverty line", unit="%", decimals=1),
            col("In urban areas", unit="%", decimals=1), col("Violent crimes per 100,000", decimals=1),
        ],
        [(r["state"], r["hs_grad"], r["poverty"], r["urban"], r["violent"]) for r in rows("statecrime")],
        ["State"], US, "American Statistical Abstracts, U.S. Census Bureau", package, "U.S. Census Bureau, Statistical Abstract", "population", "four columns taken out", said,
    )  # fmt: skip
    add(
        "ammonia_plant", "Loss of ammonia in a plant", "Twenty-one days of a plant that turns ammonia into nitric acid.",
        [text("Day", True), col("Air flow"), col("Water temperature", unit="°C"), col("Acid concentration"), col("Stack loss")],
        [(f"Day {i}", r["AIRFLOW"], r["WATERTEMP"], r["ACIDCONC"], r["STACKLOSS"]) for i, r in enumerate(rows("stackloss"), 1)],
        ["Day"], US, "Brownlee 1965", package, "K. A. Brownlee 1965", "industry", "running day added", said,
    )  # fmt: skip
    add(
        "engel_food", "Income and food in Belgium, 1857", "Annual income and spending on food of 235 Belgian working-class households.",
        [text("Household"), col("Income", unit="francs", decimals=1), col("Food", unit="francs", decimals=1)],
        [(f"H{i:03}", r["income"], r["foodexp"]) for i, r in enumerate(rows("engel"), 1)],
        ["Household"], US, "Engel 1857; Koenker and Bassett 1982", package, "E. Engel 1857", "household", "running number added, rounded to one decimal", said,
    )  # fmt: skip


def natural_earth(read_bytes):
    data = read_bytes("geopandas/datasets/naturalearth_lowres/naturalearth_lowres.dbf")
    count, head, width = struct.unpack("<IHH", data[4:12])
    fields, at = [], 32
    while data[at] != 13:
        fields.append((data[at : at + 11].rstrip(b"\0").decode(), data[at + 16]))
        at += 32
    rows = []
    for i in range(count):
        rec, pos, row = data[head + i * width : head + (i + 1) * width], 1, {}
        for name, size in fields:
            row[name] = rec[pos : pos + size].decode("latin-1").strip()
            pos += size
        rows.append(row)
    longer = {"Dem. Rep. Congo": "DR Congo", "Central African Rep.": "Central African Republic", "Dominican Rep.": "Dominican Republic", "Bosnia and Herz.": "Bosnia and Herzegovina", "S. Sudan": "South Sudan"}
    kept = [r for r in rows if float(r["pop_est"]) >= 1e6 and r["iso_a3"] != "-99" or r["name"] in ("France", "Norway")]
    kept.sort(key=lambda r: r["name"])
    add(
        "countries", "Countries of the world", "Population and gross domestic product (estimates of about 2019) of countries with at least a million people.",
        [text("Country"), text("Continent"), col("Population", additive=True, aggregate="sum"), col("GDP", unit="million $", additive=True, aggregate="sum")],
        [(longer.get(r["name"], r["name"]), r["continent"], round(float(r["pop_est"])), r["gdp_md_est"]) for r in kept],
        ["Country"], US, "Natural Earth, Admin 0 countries 1:110m", f"PyPI geopandas {WHEELS['geopandas']}", "Made with Natural Earth", "population",
        "geometry left out; countries under a million people left out; short names spelled out", "Natural Earth's terms of use place all its map data in the public domain",
    )  # fmt: skip


def elements(read):
    core = read("periodictable/core.py")
    names = {}
    for m in re.finditer(r'^\s*(\d+):\s*\(\s*"([a-z]+)",\s*"([A-Z][a-z]?)"', core, re.M):
        names[m[3]] = (int(m[1]), m[2])
    if len(names) < 90:
        for m in re.finditer(r"^\s*(\d+):\s*[\[(]\s*'([A-Za-z]+)',\s*'([A-Z][a-z]?)'", core, re.M):
            names[m[3]] = (int(m[1]), m[2])
    density = {m[1]: m[2] for m in re.finditer(r"^\s*([A-Z][a-z]?)\s*=\s*\(?\s*([0-9.]+)", read("periodictable/density.py"), re.M)}
    weight = {}
    for m in re.finditer(r"^\s*(\d+)\s+([A-Z][a-z]?)\s+(\S+)\s+([\[\]0-9.,()]+)", read("periodictable/mass.py"), re.M):
        value = m[4]
        if value.startswith("["):
            low, _, high = value.strip("[]").partition(",")
            value = str((float(low) + float(high)) / 2) if high else low
        weight.setdefault(m[2], re.sub(r"\(.*", "", value))
    rows = [(n, s, name.capitalize(), weight.get(s), density.get(s)) for s, (n, name) in sorted(names.items(), key=lambda kv: kv[1]) if 1 <= n <= 92]
    rows = [(s, name, n, w, d) for n, s, name, w, d in rows if w]
    add(
        "elements", "The chemical elements", "Atomic number, atomic weight and density of the elements from hydrogen to uranium (gases: of the liquid at its boiling point).",
        [text("Symbol"), text("Element"), col("Atomic number", aggregate="none"), col("Atomic weight", decimals=2), col("Density", unit="g/cm³", decimals=3)],
        rows, ["Symbol"], US, "periodictable, values of IUPAC and the CRC Handbook", f"PyPI periodictable {WHEELS['periodictable']}", "Paul Kienzle, periodictable", "chemistry",
        "atomic weight rounded to two decimals; intervals written as their middle", "the package is in the public domain",
    )  # fmt: skip
    return len(rows)


def own_tables():
    mine = dict(licence="CC0-1.0", origin="compiled for this project", package="none", attribution="none needed")

    def own(name, title, description, columns, rows, key, subject, changes="compiled from well-known values", **more):
        add(name, title, description, columns, rows, key, subject=subject, changes=changes, **mine, **more)

    own("planets", "The planets", "Size, mass, distance and periods of the planets of the solar system.",
        [text("Planet", True), col("Diameter", unit="km"), col("Mass", unit="10²⁴ kg", decimals=3), col("Distance from the Sun", unit="million km", decimals=1),
         col("Orbital period", unit="days", decimals=1), col("Day length", unit="h", decimals=1), col("Mean temperature", unit="°C")],
        [("Mercury", 4879, 0.330, 57.9, 88.0, 4222.6, 167), ("Venus", 12104, 4.87, 108.2, 224.7, 2802.0, 464), ("Earth", 12756, 5.97, 149.6, 365.2, 24.0, 15),
         ("Mars", 6792, 0.642, 228.0, 687.0, 24.7, -65), ("Jupiter", 142984, 1898, 778.5, 4331, 9.9, -110), ("Saturn", 120536, 568, 1432.0, 10747, 10.7, -140),
         ("Uranus", 51118, 86.8, 2867.0, 30589, 17.2, -195), ("Neptune", 49528, 102, 4515.0, 59800, 16.1, -200)], ["Planet"], "astronomy")  # fmt: skip
    own("eight_thousanders", "The fourteen highest mountains", "Height and year of the first ascent of the mountains above 8,000 metres.",
        [text("Mountain"), text("Range"), col("Height", unit="m", aggregate="max"), time("First ascent", "%Y")],
        [("Mount Everest", "Himalaya", 8849, 1953), ("K2", "Karakoram", 8611, 1954), ("Kangchenjunga", "Himalaya", 8586, 1955), ("Lhotse", "Himalaya", 8516, 1956),
         ("Makalu", "Himalaya", 8485, 1955), ("Cho Oyu", "Himalaya", 8188, 1954), ("Dhaulagiri I", "Himalaya", 8167, 1960), ("Manaslu", "Himalaya", 8163, 1956),
         ("Nanga Parbat", "Himalaya", 8126, 1953), ("Annapurna I", "Himalaya", 8091, 1950), ("Gasherbrum I", "Karakoram", 8080, 1958), ("Broad Peak", "Karakoram", 8051, 1957),
         ("Gasherbrum II", "Karakoram", 8035, 1956), ("Shishapangma", "Himalaya", 8027, 1964)], ["Mountain"], "earth")  # fmt: skip
    own("beaufort", "The Beaufort scale", "Wind force, name, lowest and highest wind speed (force 12 has no upper end).",
        [text("Force", True), text("Name"), col("From", unit="km/h"), col("To", unit="km/h")],
        [("0", "Calm", 0, 0), ("1", "Light air", 1, 5), ("2", "Light breeze", 6, 11), ("3", "Gentle breeze", 12, 19), ("4", "Moderate breeze", 20, 28), ("5", "Fresh breeze", 29, 38),
         ("6", "Strong breeze", 39, 49), ("7", "Near gale", 50, 61), ("8", "Gale", 62, 74), ("9", "Strong gale", 75, 88), ("10", "Storm", 89, 102), ("11", "Violent storm", 103, 117),
         ("12", "Hurricane force", 118, None)], ["Force"], "weather")  # fmt: skip
    own("metals", "Metals: melting point and density", "Melting point and density of common metals.",
        [text("Metal"), text("Symbol"), col("Melting point", unit="°C", decimals=1), col("Density", unit="g/cm³", decimals=2)],
        [("Mercury", "Hg", -38.8, 13.53), ("Gallium", "Ga", 29.8, 5.91), ("Potassium", "K", 63.5, 0.86), ("Sodium", "Na", 97.8, 0.97), ("Lithium", "Li", 180.5, 0.53),
         ("Tin", "Sn", 231.9, 7.29), ("Bismuth", "Bi", 271.4, 9.78), ("Cadmium", "Cd", 321.1, 8.65), ("Lead", "Pb", 327.5, 11.34), ("Zinc", "Zn", 419.5, 7.13),
         ("Magnesium", "Mg", 650.0, 1.74), ("Aluminium", "Al", 660.3, 2.70), ("Silver", "Ag", 961.8, 10.49), ("Gold", "Au", 1064.2, 19.30), ("Copper", "Cu", 1084.6, 8.96),
         ("Nickel", "Ni", 1455.0, 8.91), ("Cobalt", "Co", 1495.0, 8.90), ("Iron", "Fe", 1538.0, 7.87), ("Palladium", "Pd", 1554.8, 12.02), ("Titanium", "Ti", 1668.0, 4.51),
         ("Platinum", "Pt", 1768.2, 21.45), ("Chromium", "Cr", 1907.0, 7.19), ("Molybdenum", "Mo", 2623.0, 10.28), ("Tungsten", "W", 3422.0, 19.25)], ["Metal"], "chemistry")  # fmt: skip
    own("mohs", "The Mohs scale", "Hardness of minerals on the scale of Mohs and absolute hardness (diamond 1,500).",
        [text("Mineral", True), col("Mohs hardness"), col("Absolute hardness")],
        [("Talc", 1, 1), ("Gypsum", 2, 2), ("Calcite", 3, 9), ("Fluorite", 4, 21), ("Apatite", 5, 48), ("Orthoclase", 6, 72), ("Quartz", 7, 100), ("Topaz", 8, 200),
         ("Corundum", 9, 400), ("Diamond", 10, 1500)], ["Mineral"], "earth")  # fmt: skip
    paper = [("A0", 841, 1189), ("A1", 594, 841), ("A2", 420, 594), ("A3", 297, 420), ("A4", 210, 297), ("A5", 148, 210), ("A6", 105, 148), ("A7", 74, 105), ("A8", 52, 74),
             ("B0", 1000, 1414), ("B1", 707, 1000), ("B2", 500, 707), ("B3", 353, 500), ("B4", 250, 353), ("B5", 176, 250), ("B6", 125, 176), ("C4", 229, 324), ("C5", 162, 229),
             ("C6", 114, 162)]  # fmt: skip
    own("paper_sizes", "Paper sizes", "Width and height of the ISO 216 and ISO 269 paper and envelope sizes.",
        [text("Size"), col("Width", unit="mm"), col("Height", unit="mm"), col("Area", unit="cm²", decimals=1)], [(n, w, h, w * h / 100) for n, w, h in paper], ["Size"], "household")  # fmt: skip

    def day_length(latitude, day):
        tilt = math.radians(-23.44) * math.cos(2 * math.pi * (day + 10) / 365)
        x = (math.sin(math.radians(-0.833)) - math.sin(math.radians(latitude)) * math.sin(tilt)) / (math.cos(math.radians(latitude)) * math.cos(tilt))
        return 24 / math.pi * math.acos(max(-1.0, min(1.0, x)))

    starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    latitudes = [0, 15, 30, 40, 50, 60]
    own("day_length", "Length of the day", "Hours between sunrise and sunset on the 21st of each month at six northern latitudes.",
        [text("Month", True), *(col(f"{n}° N" if n else "Equator", unit="h", decimals=1) for n in latitudes)],
        [(MONTHS[m], *(day_length(n, starts[m] + 21) for n in latitudes)) for m in range(12)], ["Month"], "astronomy", "computed from the tilt of the Earth's axis",
        wide=dict(dimension="Latitude", measure="Length of the day", unit="h"))  # fmt: skip
    temps = list(range(5, -41, -5))
    own("wind_chill", "Wind chill", "Felt temperature by air temperature and wind speed (index used in North America and Britain).",
        [text("Wind", True), *(col(f"{t} °C".replace("-", "−"), unit="°C", additive=False) for t in temps)],
        [(f"{v} km/h", *(round(13.12 + 0.6215 * t - 11.37 * v**0.16 + 0.3965 * t * v**0.16) for t in temps)) for v in range(5, 65, 5)], ["Wind"], "weather",
        "computed from the index of 2001", wide=dict(dimension="Air temperature", measure="Felt temperature", unit="°C"))  # fmt: skip
    pitch = "C C# D D# E F F# G G# A A# B".split()
    own("note_frequencies", "Frequencies of notes", "Frequency of the notes of three octaves in equal temperament, A4 = 440 Hz.",
        [text("Note", True), col("Octave", aggregate="none"), col("Frequency", unit="Hz", decimals=2), col("Wavelength in air", unit="cm", decimals=1)],
        [(f"{pitch[k % 12]}{k // 12 - 1}", k // 12 - 1, 440 * 2 ** ((k - 69) / 12), 34300 / (440 * 2 ** ((k - 69) / 12))) for k in range(48, 84)], ["Note"], "music",
        "computed")  # fmt: skip


def quote(value):
    return json.dumps(value, ensure_ascii=False)


def describe():
    """Write tables.toml."""
    out = ["# Public tables. Written by make_tables.py; fields are described in data/README.md.\n"]
    for t in sorted(TABLES, key=lambda t: t["name"]):
        out.append("[[table]]")
        for k in ("name", "title", "description", "subject", "file", "sha256", "rows", "key", "licence", "licence_note", "source", "package", "attribution", "changes"):
            out.append(f"{k} = {quote(t[k])}")
        if t["wide"]:
            out.append("wide = { " + ", ".join(f"{k} = {quote(v)}" for k, v in t["wide"].items()) + " }")
        out.append("columns = [")
        for c in t["columns"]:
            out.append("  { " + ", ".join(f"{k} = {quote(v)}" for k, v in c.items()) + " },")
        out.append("]\n")
    (HERE / "tables.toml").write_text("\n".join(out), encoding="utf-8")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--cache", type=pathlib.Path, default=pathlib.Path("/tmp/pixmo-table-packages"))
    cache = args.parse_args().cache
    cache.mkdir(parents=True, exist_ok=True)
    tar = cache / f"{VEGA[0]}-{VEGA[1]}.tgz"
    if not tar.exists():
        subprocess.run(["npm", "pack", "--silent", f"{VEGA[0]}@{VEGA[1]}"], cwd=cache, check=True, stdout=subprocess.DEVNULL)
    wheels = {}
    for name, version in WHEELS.items():
        if not list(cache.glob(f"{name}-{version}-*.whl")):
            subprocess.run([sys.executable, "-m", "pip", "-q", "download", "--no-deps", "-d", str(cache), f"{name}=={version}"], check=True)
        wheels[name] = zipfile.ZipFile(next(cache.glob(f"{name}-{version}-*.whl")))
    with tarfile.open(tar) as t:
        vega_tables(lambda name: t.extractfile(f"package/data/{name}").read().decode("utf-8"))
    statsmodels_tables(lambda name: wheels["statsmodels"].read(name).decode("utf-8"))
    natural_earth(wheels["geopandas"].read)
    elements(lambda name: wheels["periodictable"].read(name).decode("utf-8"))
    own_tables()
    describe()
    print(len(TABLES), "tables,", sum(t["rows"] for t in TABLES), "rows")


if __name__ == "__main__":
    main()
