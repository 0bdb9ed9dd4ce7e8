"""Works question programs out in plain Python and exact fractions.

The meaning of the operations is that of their doc comments in `pipelines/docs/src/program.rs`. This is a third
implementation of them and shares no code with the other two.
"""

import collections
import math
import datetime
import re
from fractions import Fraction

DEPTH_MAX = 64
DECIMAL = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
MINUS = "\u2212"
DATES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII), "%Y-%m-%d"),
    (re.compile(r"\d{2}\.\d{2}\.\d{4}", re.ASCII), "%d.%m.%Y"),
    (re.compile(r"(?P<a>\d{2})/(?P<b>\d{2})/\d{4}", re.ASCII), "/"),
    (re.compile(r"[1-9]\d? [A-Z][a-z]{3,} \d{4}", re.ASCII), "%-d %B %Y"),
    (re.compile(r"[1-9]\d? [A-Z][a-z]{2} \d{4}", re.ASCII), "%-d %b %Y"),
    (re.compile(r"[A-Z][a-z]{3,} [1-9]\d?, \d{4}", re.ASCII), "%B %-d, %Y"),
    (re.compile(r"[A-Z][a-z]{2} [1-9]\d?, \d{4}", re.ASCII), "%b %-d, %Y"),
)
CLOCK = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
EPOCH = datetime.date(1970, 1, 1)
FORMAT = ("decimals", "mark", "group", "prefix", "suffix", "scale")


class NoAnswer(Exception):
    """The program is wrong or has no answer on this data."""


def need(condition, message):
    if not condition:
        raise NoAnswer(message)


def decimal(text):
    need(isinstance(text, str) and DECIMAL.fullmatch(text), f"`{text}` is no decimal")
    return Fraction(text)


def fields(value, *names, optional=()):
    """The named fields of an object that has no others."""
    need(isinstance(value, dict), f"`{value}` is no object")
    need(set(value) <= set(names) | set(optional), f"fields {sorted(value)}, expected {names}")
    need(set(names) <= set(value), f"fields {sorted(value)}, expected {names}")
    return [value[name] for name in names]


def index(value, length, what):
    need(type(value) is int and 0 <= value < length, f"{what} `{value}` of {length}")
    return value


def texts(value):
    need(isinstance(value, list) and all(isinstance(text, str) for text in value), f"`{value}` is no list of texts")
    return value


def flag(value):
    need(type(value) is bool, f"`{value}` is neither true nor false")
    return value


def date_of(text):
    """The date that a text names, and the pattern it is written in."""
    for pattern, written in DATES:
        match = pattern.fullmatch(text)
        if not match:
            continue
        if written == "/":
            a, b = int(match["a"]), int(match["b"])
            need(a == b or max(a, b) > 12, f"`{text}` may be two dates")
            written = "%m/%d/%Y" if b > 12 else "%d/%m/%Y"
        try:
            return datetime.datetime.strptime(text, written.replace("%-d", "%d")).date(), written
        except ValueError:
            raise NoAnswer(f"`{text}` is no date") from None
    raise NoAnswer(f"`{text}` is no date")


def printed(number, form):
    """A number as a format prints it: halves away from zero, what rounds to 0 has no minus."""
    decimals, mark, group, prefix, suffix, scale = fields(form, *FORMAT)
    index(decimals, 29, "decimals")
    index(scale, 28, "scale")
    need(isinstance(mark, str) and len(mark) == 1, f"decimal mark `{mark}`")
    need(group is None or (isinstance(group, str) and len(group) == 1), f"group mark `{group}`")
    texts([prefix, suffix])
    units = abs(number) * Fraction(10) ** decimals / Fraction(10) ** scale
    units = (units + Fraction(1, 2)).__floor__()
    whole, fraction = divmod(units, 10**decimals)
    digits = f"{whole:,}".replace(",", group or "")
    if decimals:
        digits += mark + str(fraction).zfill(decimals)
    return (MINUS if number < 0 and units else "") + prefix + digits + suffix


class Rows(collections.namedtuple("Rows", "table numbers")):
    """Row numbers of one table, in table order."""

    def one(self):
        need(len(self.numbers) == 1, f"{len(self.numbers)} rows where one is wanted")
        return self.numbers[0]


class Evaluator:
    """Works programs out over the data of one picture."""

    def __init__(self, data):
        (self.tables,) = fields(data, "tables")
        self.depth = 0
        self.used = collections.Counter()
        for table in self.tables:
            _, columns, rows = fields(table, "name", "columns", "rows")
            need(all(len(row) == len(columns) for row in rows), "a row is not as long as the list of columns")

    def answer(self, program):
        return self.of(program, str)

    def of(self, expression, kind):
        """The value of an expression, which must be of this kind: Rows, Fraction, bool or str."""
        need(isinstance(expression, dict) and len(expression) == 1, f"`{expression}` names no operation")
        ((name, body),) = expression.items()
        operation = getattr(self, "do_" + name, None)
        need(operation is not None, f"unknown operation `{name}`")
        need(self.depth < DEPTH_MAX, f"nested more than {DEPTH_MAX} deep")
        self.used[name] += 1
        self.depth += 1
        try:
            value = operation(body)
        finally:
            self.depth -= 1
        need(type(value) is kind, f"`{name}` gives {type(value).__name__}, wanted is {kind.__name__}")
        return value

    # reading tables

    def table(self, number):
        return self.tables[index(number, len(self.tables), "table")]

    def column(self, table, number):
        columns = self.table(table)["columns"]
        return columns[index(number, len(columns), "column")]

    def cell(self, table, row, column):
        self.column(table, column)
        return self.tables[table]["rows"][row][column]

    def number_or_none(self, table, row, column):
        value = self.cell(table, row, column)["value"]
        if value == "missing":
            return None
        need(isinstance(value, dict) and set(value) == {"number"}, f"`{value}` is no number")
        return decimal(value["number"])

    def number(self, table, row, column):
        number = self.number_or_none(table, row, column)
        need(number is not None, f"row {row}, column {column} is missing")
        return number

    def text(self, table, row, column):
        cell = self.cell(table, row, column)
        need(cell["value"] != "missing", f"row {row}, column {column} is missing")
        return cell["shown"]

    def over(self, body):
        rows, column = fields(body, "rows", "column")
        rows = self.of(rows, Rows)
        self.column(rows.table, column)
        return rows, column

    def all_numbers(self, body):
        rows, column = self.over(body)
        return [self.number(rows.table, row, column) for row in rows.numbers]

    def some_numbers(self, body):
        numbers = self.all_numbers(body)
        need(numbers, "no rows")
        return numbers

    def all_texts(self, body):
        rows, column = self.over(body)
        return [self.text(rows.table, row, column) for row in rows.numbers]

    # row sets

    def do_rows(self, body):
        table, keep = fields(body, "table", "keep")
        numbers = range(len(self.table(table)["rows"]))
        need(isinstance(keep, list), "tests that are no list")
        for test in keep:
            column, judge = fields(test, "column", "is")
            self.column(table, column)
            numbers = [row for row in numbers if self.passes(judge, table, row, column)]
        return Rows(table, list(numbers))

    def passes(self, judge, table, row, column):
        need(isinstance(judge, dict) and len(judge) == 1, f"`{judge}` names no test")
        ((name, operand),) = judge.items()
        if name in ("above", "below"):
            number, bound = self.number_or_none(table, row, column), decimal(operand)
            return number is not None and (number > bound if name == "above" else number < bound)
        if name == "between":
            need(isinstance(operand, list) and len(operand) == 2, f"`{operand}` are no two bounds")
            number, (low, high) = self.number_or_none(table, row, column), map(decimal, operand)
            return number is not None and low <= number <= high
        shown = self.cell(table, row, column)["shown"]
        if name == "one_of":
            return shown in texts(operand)
        need(name in ("text", "not") and isinstance(operand, str), f"unknown test `{name}` of `{operand}`")
        return (shown == operand) == (name == "text")

    def place(self, body, rank, largest):
        rows, column = self.over(body)
        numbers = {row: self.number_or_none(rows.table, row, column) for row in rows.numbers}
        numbers = {row: number for row, number in numbers.items() if number is not None}
        need(type(rank) is int and 1 <= rank <= len(numbers), f"rank `{rank}` of {len(numbers)}")
        value = sorted(numbers.values(), reverse=largest)[rank - 1]
        winners = [row for row, number in numbers.items() if number == value]
        need(len(winners) == 1, f"{len(winners)} rows have {value}")
        return Rows(rows.table, winners)

    def do_max(self, body):
        return self.place(body, 1, True)

    def do_min(self, body):
        return self.place(body, 1, False)

    def do_nth(self, body):
        over, rank, largest = fields(body, "over", "rank", "largest")
        return self.place(over, rank, flag(largest))

    def do_first(self, body):
        rows = self.of(body, Rows)
        need(rows.numbers, "no rows")
        return Rows(rows.table, rows.numbers[:1])

    def do_last(self, body):
        rows = self.of(body, Rows)
        need(rows.numbers, "no rows")
        return Rows(rows.table, rows.numbers[-1:])

    def beside(self, body, step):
        rows = self.of(body, Rows)
        row = rows.one() + step
        need(0 <= row < len(self.tables[rows.table]["rows"]), "the table ends there")
        return Rows(rows.table, [row])

    def do_next(self, body):
        return self.beside(body, 1)

    def do_previous(self, body):
        return self.beside(body, -1)

    def do_first_above(self, body):
        over, bound = fields(body, "over", "bound")
        (rows, column), bound = self.over(over), decimal(bound)
        for row in rows.numbers:
            number = self.number_or_none(rows.table, row, column)
            if number is not None and number > bound:
                return Rows(rows.table, [row])
        raise NoAnswer("nothing is above the bound")

    def do_crossing(self, body):
        rows, a, b = fields(body, "rows", "a", "b")
        rows = self.of(rows, Rows)
        self.column(rows.table, a)
        self.column(rows.table, b)
        for row in rows.numbers:
            first, second = self.number(rows.table, row, a), self.number(rows.table, row, b)
            need(first != second, "the numbers are equal")
            if first > second:
                need(row != rows.numbers[0], "the first row is above already")
                return Rows(rows.table, [row])
        raise NoAnswer("nothing crosses")

    # numbers

    def do_number(self, body):
        rows, column = self.over(body)
        return self.number(rows.table, rows.one(), column)

    def do_constant(self, body):
        return decimal(body)

    def do_count(self, body):
        return Fraction(len(self.of(body, Rows).numbers))

    def do_distinct(self, body):
        return Fraction(len(set(self.all_texts(body))))

    def do_number_columns(self, body):
        (table,) = fields(body, "table")
        return Fraction(sum(column["kind"] == "number" for column in self.table(table)["columns"]))

    def do_sum(self, body):
        return sum(self.all_numbers(body), Fraction(0))

    def do_mean(self, body):
        numbers = self.some_numbers(body)
        return sum(numbers) / len(numbers)

    def do_median(self, body):
        numbers = sorted(self.some_numbers(body))
        return (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2

    def do_spread(self, body):
        numbers = self.some_numbers(body)
        return max(numbers) - min(numbers)

    def across(self, rows, columns):
        rows = self.of(rows, Rows)
        need(isinstance(columns, list), "columns that are no list")
        row = rows.one()
        return rows.table, [(self.number(rows.table, row, column), column) for column in columns]

    def do_sum_columns(self, body):
        _, numbers = self.across(*fields(body, "rows", "columns"))
        return sum((number for number, _ in numbers), Fraction(0))

    def pair(self, body):
        need(isinstance(body, list) and len(body) == 2, f"`{body}` is no pair")
        return [self.of(part, Fraction) for part in body]

    def do_subtract(self, body):
        a, b = self.pair(body)
        return a - b

    def do_divide(self, body):
        a, b = self.pair(body)
        need(b != 0, "division by 0")
        return a / b

    def do_percent_change(self, body):
        start, end = (self.of(part, Fraction) for part in fields(body, "from", "to"))
        need(start > 0, f"a change from {start}")
        return 100 * (end - start) / start

    def do_share(self, body):
        part, whole = (self.of(part, Fraction) for part in fields(body, "part", "whole"))
        need(whole > 0, f"a share of {whole}")
        return 100 * part / whole

    def do_abs(self, body):
        return abs(self.of(body, Fraction))

    def do_rank_of(self, body):
        row, over, largest = fields(body, "row", "over", "largest")
        own = self.of(row, Rows)
        (rows, column), row = self.over(over), own.one()
        need(own.table == rows.table and row in rows.numbers, "the row is none of the rows")
        number = self.number(rows.table, row, column)
        others = [self.number_or_none(rows.table, other, column) for other in rows.numbers if other != row]
        need(number not in others, "a tie")
        others = [other for other in others if other is not None]
        return Fraction(1 + sum((other > number) == flag(largest) for other in others))

    def do_sum_products(self, body):
        rows, columns = fields(body, "rows", "columns")
        rows = self.of(rows, Rows)
        need(rows.numbers and isinstance(columns, list) and columns, "nothing to multiply")
        total = Fraction(0)
        for row in rows.numbers:
            product = Fraction(1)
            for column in columns:
                product *= self.number(rows.table, row, column)
            total += product
        return total

    def do_day(self, body):
        date, _ = date_of(self.of(body, str))
        return Fraction((date - EPOCH).days)

    def do_clock(self, body):
        text = self.of(body, str)
        match = CLOCK.fullmatch(text)
        need(match and int(match[1]) < 24 and int(match[2]) < 60, f"`{text}` is no time")
        return Fraction(60 * int(match[1]) + int(match[2]))

    # truths

    def do_greater(self, body):
        a, b = self.pair(body)
        need(a != b, "the numbers are equal")
        return a > b

    def do_monotone(self, body):
        over, rising = fields(body, "over", "rising")
        numbers = self.all_numbers(over)
        steps = [(b > a) - (b < a) for a, b in zip(numbers, numbers[1:])]
        need(len(steps) >= 2, f"{len(numbers)} rows where three are wanted")
        need(0 not in steps, "two neighbours are equal")
        return set(steps) == {1 if flag(rising) else -1}

    def stands(self, table, column, text):
        self.column(table, column)
        texts([text])
        return any(row[column]["shown"] == text for row in self.tables[table]["rows"])

    def do_exists(self, body):
        return self.stands(*fields(body, "table", "column", "text"))

    # nodes and edges

    def edges(self, table):
        rows = range(len(self.table(table)["rows"]))
        return [(self.text(table, row, 0), self.text(table, row, 1)) for row in rows]

    def do_linked(self, body):
        table, start, end = fields(body, "table", "from", "to")
        return tuple(texts([start, end])) in self.edges(table)

    def joined(self, names):
        need(names, "none")
        return ", ".join(names)

    def do_successors(self, body):
        table, node = fields(body, "table", "node")
        texts([node])
        return self.joined(dict.fromkeys(b for a, b in self.edges(table) if a == node))

    def do_predecessors(self, body):
        table, node = fields(body, "table", "node")
        texts([node])
        return self.joined(dict.fromkeys(a for a, b in self.edges(table) if b == node))

    def do_degree(self, body):
        table, node, out = fields(body, "table", "node", "out")
        texts([node])
        side = 0 if flag(out) else 1
        return Fraction(sum(edge[side] == node for edge in self.edges(table)))

    def do_steps(self, body):
        table, start, end = fields(body, "table", "from", "to")
        texts([start, end])
        edges = self.edges(table)
        need(any(start in edge for edge in edges), f"no edge knows `{start}`")
        reached, steps = {start}, 0
        while end not in reached:
            beyond = reached | {b for a, b in edges if a in reached}
            need(beyond != reached, "no way leads there")
            reached, steps = beyond, steps + 1
        return Fraction(steps)

    def do_path(self, body):
        table, start, end = fields(body, "table", "from", "to")
        texts([start, end])
        need(start != end, "it begins where it ends")
        follow = collections.defaultdict(set)
        for a, b in self.edges(table):
            follow[a].add(b)
        ways, seen = [[start]], {start}
        while not any(way[-1] == end for way in ways):
            ways = [way + [node] for way in ways for node in sorted(follow[way[-1]] - seen)]
            need(ways, "no way leads there")
            seen |= {way[-1] for way in ways}
        ways = [way for way in ways if way[-1] == end]
        need(len(ways) == 1, f"{len(ways)} ways are equally short")
        return self.joined(ways[0])

    # texts

    def do_trend(self, body):
        over, up, down = fields(body, "over", "up", "down")
        texts([up, down])
        rows, column = self.over(over)
        need(len(rows.numbers) >= 3, "fewer than three rows")
        first, last = (self.number(rows.table, rows.numbers[end], column) for end in (0, -1))
        need(first != last, "the ends are equal")
        return up if last > first else down

    def do_weekday(self, body):
        day = self.of(body, Fraction)
        need(day.denominator == 1, "a fraction of a day")
        return ("Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday")[int(day) % 7]

    def do_date_plus(self, body):
        text, days = fields(body, "of", "days")
        need(type(days) is int and abs(days) <= 400_000, f"`{days}` days")
        date, written = date_of(self.of(text, str))
        need(date.month != 5 or "%m" in written, "`May` is short and long")
        try:
            moved = date + datetime.timedelta(days)
        except OverflowError:
            raise NoAnswer("a year without four digits") from None
        need(moved.year >= 1000, "a year without four digits")
        return moved.strftime(written)

    def do_shown(self, body):
        rows, column = self.over(body)
        return self.text(rows.table, rows.one(), column)

    def do_names(self, body):
        return self.joined(self.all_texts(body))

    def do_header(self, body):
        return self.column(*fields(body, "table", "column"))["name"]

    def do_best_column(self, body):
        rows, columns, largest = fields(body, "rows", "columns", "largest")
        table, numbers = self.across(rows, columns)
        need(numbers, "no columns")
        best = (max if flag(largest) else min)(number for number, _ in numbers)
        winners = [column for number, column in numbers if number == best]
        need(len(winners) == 1, "a tie")
        return self.column(table, winners[0])["name"]

    def do_print(self, body):
        number, form = fields(body, "of", "format")
        return printed(self.of(number, Fraction), form)

    def do_yes_no(self, body):
        return "Yes" if self.of(body, bool) else "No"

    def do_choice(self, body):
        text, options, labels = fields(body, "of", "options", "labels")
        need(len(texts(options)) == len(texts(labels)), "options and labels are not as many")
        text = self.of(text, str)
        fitting = [label for option, label in zip(options, labels) if option == text]
        need(len(fitting) == 1, f"{len(fitting)} options are `{text}`")
        return fitting[0]

    def do_absent(self, body):
        table, text, decline = fields(body, "table", "text", "decline", optional=["column"])
        texts([text, decline])
        column = body.get("column")
        if column is None:
            there = text in [column["name"] for column in self.table(table)["columns"]]
        else:
            there = self.stands(table, column, text)
        need(not there, f"`{text}` is there")
        return decline

    # problems of mathematics

    def do_add(self, body):
        a, b = self.pair(body)
        return a + b

    def do_multiply(self, body):
        a, b = self.pair(body)
        return a * b

    def do_power(self, body):
        number, exponent = fields(body, "of", "exponent")
        return self.of(number, Fraction) ** index(exponent, 13, "exponent")

    def do_root(self, body):
        number = self.of(body, Fraction)
        need(number >= 0, f"a root of {number}")
        root = Fraction(math.isqrt(number.numerator), math.isqrt(number.denominator))
        need(root * root == number, f"{number} is no square")
        return root

    def do_gcd(self, body):
        a, b = self.pair(body)
        need(all(n.denominator == 1 and n > 0 for n in (a, b)), f"{a} and {b} are not whole and above 0")
        return Fraction(math.gcd(a.numerator, b.numerator))

    def do_mode(self, body):
        times = collections.Counter(self.some_numbers(body)).most_common(2)
        need(len(times) == 1 or times[0][1] > times[1][1], "a tie")
        return times[0][0]

    def do_says(self, body):
        over, text = fields(body, "over", "text")
        rows, column = self.over(over)
        texts([text])
        return self.text(rows.table, rows.one(), column) == text

    def truths(self, body):
        need(isinstance(body, list) and len(body) == 2, f"`{body}` is no pair")
        return [self.of(part, bool) for part in body]

    def do_both(self, body):
        return all(self.truths(body))

    def do_either(self, body):
        return any(self.truths(body))

    def do_negated(self, body):
        return not self.of(body, bool)

    def do_fraction(self, body):
        a, b = self.pair(body)
        need(a.denominator == b.denominator == 1, f"{a} and {b} are not whole")
        need(b != 0, "division by 0")
        return str(a / b).replace("-", MINUS)

    def do_best_of(self, body):
        entries, largest = fields(body, "entries", "largest")
        need(isinstance(entries, list) and entries, "no entries")
        pairs = [fields(entry, "name", "number") for entry in entries]
        named = [(self.of(number, Fraction), self.of(name, str)) for name, number in pairs]
        best = (max if flag(largest) else min)(number for number, _ in named)
        winners = [name for number, name in named if number == best]
        need(len(winners) == 1, "a tie")
        return winners[0]
