"""Reads schema analytics through psycopg 3, or psycopg2 where that is what there is.

Usage: python3 libpq.py URL [< statements, one a line]
URL is postgres://user:password@host:port/database. Prints lines of fields with tabs between them, as odbc.py does.
"""

import sys

try:
    import psycopg
except ImportError:
    import psycopg2 as psycopg


def tell(*fields):
    print("\t".join(str(field) if field is not None else "" for field in fields))


connection = psycopg.connect(sys.argv[1])
connection.autocommit = True
cursor = connection.cursor()
tell("driver", psycopg.__name__, psycopg.__version__.split()[0])

cursor.execute(
    """
    select table_name, obj_description(format('%I.%I', table_schema, table_name)::regclass, 'pg_class')
    from information_schema.tables
    where table_schema = 'analytics' and table_type = 'VIEW'
    order by table_name"""
)
views = cursor.fetchall()
for view, comment in views:
    tell("view", view, comment)
cursor.execute(
    """
    select table_name, column_name, data_type,
      col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position)
    from information_schema.columns
    where table_schema = 'analytics'
    order by table_name, ordinal_position"""
)
for column in cursor.fetchall():
    tell("column", *column)


def attempt(statement):
    """The rows that a statement gives, none when it gives no rows; None when it is refused, which is told."""
    try:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []
    except psycopg.Error as error:
        tell("refused", getattr(error, "sqlstate", None) or error.pgcode, statement)


for view, _ in views:
    rows = attempt(f"select * from analytics.{view}")
    if rows is None:
        continue
    tell("rows", view, len(rows))
    for number, column in enumerate(cursor.description):
        kinds = {type(row[number]).__name__ for row in rows} - {"NoneType"}
        tell("value", view, column[0], " ".join(sorted(kinds)))

if not sys.stdin.isatty():
    for statement in sys.stdin.read().splitlines():
        if attempt(statement) is not None:
            tell("done", statement)
