"""Reads schema analytics through psqlODBC, with the calls that BI tools find tables and columns with.

Usage: python3 odbc.py URL [< statements, one a line]
URL is postgres://user:password@host:port/database. Prints lines of fields with tabs between them:
driver NAME | view VIEW COMMENT | column VIEW COLUMN TYPE COMMENT | value VIEW COLUMN KIND | rows VIEW NUMBER | refused SQLSTATE STATEMENT | done STATEMENT
"""

import sys
from urllib.parse import unquote, urlsplit

import pyodbc


def tell(*fields):
    print("\t".join(str(field) if field is not None else "" for field in fields))


def braced(value):
    return "{" + value.replace("}", "}}") + "}"


url = urlsplit(sys.argv[1])
driver = next(name for name in sorted(pyodbc.drivers(), reverse=True) if "PostgreSQL" in name)
connection = pyodbc.connect(
    ";".join(
        [
            f"Driver={braced(driver)}",
            f"Server={url.hostname}",
            f"Port={url.port or 5432}",
            f"Database={unquote(url.path[1:])}",
            f"Uid={unquote(url.username)}",
            f"Pwd={braced(unquote(url.password))}",
        ]
    ),
    autocommit=True,
)
cursor = connection.cursor()
tell("driver", driver, connection.getinfo(pyodbc.SQL_DRIVER_VER))

views = [row.table_name for row in cursor.tables(schema="analytics", tableType="VIEW").fetchall()]
columns = [(row.table_name, row.column_name, row.type_name) for row in cursor.columns(schema="analytics").fetchall()]

# psqlODBC leaves the field for comments empty
cursor.execute(
    """
    select c.relname, coalesce(a.attname, ''), d.description
    from pg_class c
    join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass
    left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
    where c.relnamespace = 'analytics'::regnamespace"""
)
comments = {(view, column): comment for view, column, comment in cursor.fetchall()}
for view in views:
    tell("view", view, comments.get((view, "")))
for view, column, kind in columns:
    tell("column", view, column, kind, comments.get((view, column)))


def attempt(statement):
    """The rows that a statement gives, none when it gives no rows; None when it is refused, which is told."""
    try:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    except pyodbc.Error as error:
        tell("refused", error.args[0], statement)


for view in views:
    rows = attempt(f"select * from analytics.{view}")
    if rows is None:
        continue
    tell("rows", view, len(rows))
    for number, column in enumerate(cursor.description):
        tell("value", view, column[0], column[1].__name__)

if not sys.stdin.isatty():
    for statement in sys.stdin.read().splitlines():
        if attempt(statement) is not None:
            tell("done", statement)
