# Reads schema analytics through RPostgres, or RPostgreSQL where that is what there is.
#
# Usage: Rscript libpq.R URL [< statements, one a line]
# URL is postgres://user:password@host:port/database. Prints lines of fields with tabs between them, as odbc.py does;
# in place of SQLSTATE, which DBI does not tell, stands the server's message.

tell <- function(...) cat(paste(c(...), collapse = "\t"), "\n", sep = "")

parts <- regmatches(
  commandArgs(trailingOnly = TRUE)[1],
  regexec("^postgres(?:ql)?://([^:]+):([^@]+)@([^:/]+):?([0-9]*)/([^?]+)", commandArgs(trailingOnly = TRUE)[1], perl = TRUE)
)[[1]]
package <- if (requireNamespace("RPostgres", quietly = TRUE)) "RPostgres" else "RPostgreSQL"
driver <- if (package == "RPostgres") RPostgres::Postgres() else RPostgreSQL::PostgreSQL()
connection <- DBI::dbConnect(
  driver,
  host = parts[4],
  port = if (parts[5] == "") 5432L else as.integer(parts[5]),
  dbname = utils::URLdecode(parts[6]),
  user = utils::URLdecode(parts[2]),
  password = utils::URLdecode(parts[3])
)
tell("driver", package, as.character(utils::packageVersion(package)))

views <- DBI::dbGetQuery(connection, "
  select table_name::text, obj_description(format('%I.%I', table_schema, table_name)::regclass, 'pg_class') as comment
  from information_schema.tables
  where table_schema = 'analytics' and table_type = 'VIEW'
  order by table_name")
for (row in seq_len(nrow(views))) tell("view", views$table_name[row], views$comment[row])
columns <- DBI::dbGetQuery(connection, "
  select table_name::text, column_name::text, data_type::text,
    col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position) as comment
  from information_schema.columns
  where table_schema = 'analytics'
  order by table_name, ordinal_position")
for (row in seq_len(nrow(columns))) tell("column", unlist(columns[row, ], use.names = FALSE))

# What a statement gives; NULL when it is refused, which is told.
attempt <- function(statement) {
  refuse <- function(condition) {
    tell("refused", gsub("\\s+", " ", conditionMessage(condition)), statement)
    NULL
  }
  # RPostgreSQL warns where it should stop
  tryCatch(list(rows = DBI::dbGetQuery(connection, statement)), error = refuse, warning = function(condition) {
    if (package == "RPostgres") list(rows = suppressWarnings(DBI::dbGetQuery(connection, statement))) else refuse(condition)
  })
}

for (view in views$table_name) {
  answer <- attempt(paste0("select * from analytics.", view))
  if (is.null(answer)) next
  tell("rows", view, nrow(answer$rows))
  for (column in names(answer$rows)) tell("value", view, column, class(answer$rows[[column]])[1])
}

if (!isatty(stdin())) {
  for (statement in readLines(file("stdin"), encoding = "UTF-8")) {
    if (!is.null(attempt(statement))) tell("done", statement)
  }
}
invisible(DBI::dbDisconnect(connection))
