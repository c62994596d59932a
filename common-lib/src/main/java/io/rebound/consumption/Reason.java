package io.rebound.consumption;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Says what went wrong without saying what was in the record: exception texts of parsers and
 * databases quote values.
 */
final class Reason {
  private Reason() {}

  static String of(Throwable failure) {
    Throwable root = failure;
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      root = cause;
      if (cause instanceof JacksonException json) {
        return "Not the JSON the contract asks for at " + path(json);
      }
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return "The database refused it with SQLSTATE " + sql.getSQLState();
      }
    }
    return root.getClass().getSimpleName() + " at " + place(root);
  }

  private static String path(JacksonException json) {
    String path = json.getPathReference();
    return path == null || path.isEmpty() ? "its start" : path;
  }

  private static String place(Throwable root) {
    for (StackTraceElement element : root.getStackTrace()) {
      if (element.getClassName().startsWith("io.rebound.")) {
        return element.getFileName() + ":" + element.getLineNumber();
      }
    }
    return "an unknown place";
  }
}
