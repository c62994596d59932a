package io.rebound.sandbox.page;

/** A part of the page that is kept up to date. */
interface Section {
  /** Its place in the page, and the name of the events that bring it. */
  String name();

  /** What it shows now; the same text as long as nothing has changed. */
  Html html();
}
