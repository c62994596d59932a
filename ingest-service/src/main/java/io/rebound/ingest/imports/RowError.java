package io.rebound.ingest.imports;

/**
 * A row at fault; it lies whole in the quarantine.
 *
 * @param row from 1, without the header
 * @param line where it begins in the file, from 1
 */
record RowError(long row, long line, String field, String reason) {}
