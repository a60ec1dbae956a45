import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads schema analytics through the PostgreSQL JDBC driver, with the calls that BI tools find tables and columns with.
 *
 * <p>Usage: java -cp postgresql.jar Jdbc.java URL [&lt; statements, one a line]. URL is
 * postgres://user:password@host:port/database. Prints lines of fields with tabs between them, as odbc.py does.
 */
class Jdbc {
  static final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  static void tell(Object... fields) {
    List<String> texts = new ArrayList<>();
    for (Object field : fields) texts.add(field == null ? "" : field.toString());
    out.println(String.join("\t", texts));
  }

  public static void main(String[] args) throws Exception {
    URI url = new URI(args[0]);
    String[] login = url.getUserInfo().split(":", 2);
    Properties properties = new Properties();
    properties.setProperty("user", login[0]);
    properties.setProperty("password", login[1]);
    int port = url.getPort() < 0 ? 5432 : url.getPort();
    String address = "jdbc:postgresql://" + url.getHost() + ":" + port + url.getPath();
    try (Connection connection = DriverManager.getConnection(address, properties)) {
      DatabaseMetaData catalogue = connection.getMetaData();
      tell("driver", catalogue.getDriverName(), catalogue.getDriverVersion());
      List<String> views = new ArrayList<>();
      try (ResultSet tables = catalogue.getTables(null, "analytics", "%", new String[] {"VIEW"})) {
        while (tables.next()) {
          views.add(tables.getString("TABLE_NAME"));
          tell("view", tables.getString("TABLE_NAME"), tables.getString("REMARKS"));
        }
      }
      try (ResultSet columns = catalogue.getColumns(null, "analytics", "%", "%")) {
        while (columns.next())
          tell(
              "column",
              columns.getString("TABLE_NAME"),
              columns.getString("COLUMN_NAME"),
              columns.getString("TYPE_NAME"),
              columns.getString("REMARKS"));
      }
      for (String view : views) readView(connection, view);
      if (System.console() == null || System.in.available() > 0) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; ) {
          try (Statement statement = connection.createStatement()) {
            statement.execute(line);
            tell("done", line);
          } catch (SQLException error) {
            tell("refused", error.getSQLState(), line);
          }
        }
      }
    }
    out.flush();
  }

  static void readView(Connection connection, String view) {
    String query = "select * from analytics." + view;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      int number = 0;
      while (rows.next()) number++;
      tell("rows", view, number);
      for (int at = 1; at <= rows.getMetaData().getColumnCount(); at++)
        tell("value", view, rows.getMetaData().getColumnName(at), rows.getMetaData().getColumnClassName(at));
    } catch (SQLException error) {
      tell("refused", error.getSQLState(), query);
    }
  }
}
