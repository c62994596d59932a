package io.rebound.ingest.imports;

import io.rebound.ingest.intake.Element;

/**
 * A row of a file.
 *
 * @param line where it begins, from 1
 * @param element what it says
 */
record Row(long line, Element element) {}
