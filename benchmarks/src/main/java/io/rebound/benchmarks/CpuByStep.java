package io.rebound.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * CPU seconds used so far, by step: this JVM's threads by what their names say, and PostgreSQL's
 * processes by the database they serve (from {@code /proc}, so on Linux only).
 */
final class CpuByStep {
  private static final double TICKS_PER_SECOND = 100;

  private CpuByStep() {}

  static Map<String, Double> now() {
    var seconds = new TreeMap<String, Double>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double known = 0;
    for (long id : threads.getAllThreadIds()) {
      long nanoseconds = threads.getThreadCpuTime(id);
      var thread = threads.getThreadInfo(id);
      if (nanoseconds > 0 && thread != null) {
        seconds.merge(step(thread.getThreadName()), nanoseconds / 1e9, Double::sum);
        known += nanoseconds / 1e9;
      }
    }
    seconds.put("JVM itself (compiler, collector)", Math.max(0, ownProcess() - known));
    addPostgres(seconds);
    return seconds;
  }

  private static String step(String thread) {
    if (thread.startsWith("load-") || thread.startsWith("HttpClient") || thread.equals("main")) {
      return "load generator and HTTP clients";
    }
    for (String service :
        new String[] {
          "ingest", "identity", "segmentation", "capi-sync", "catalog-feed", "whatsapp"
        }) {
      if (thread.contains(service)) {
        return service;
      }
    }
    if (thread.startsWith("doors") || thread.startsWith("ingest")) {
      return "ingest";
    }
    if (thread.startsWith("data-plane")
        || thread.startsWith("kafka-")
        || thread.contains("raft")
        || thread.contains("broker")
        || thread.contains("controller")
        || thread.contains("Purgatory")
        || thread.contains("group-coordinator")) {
      return "Kafka broker";
    }
    if (thread.startsWith("ForkJoinPool") || thread.startsWith("http-nio")) {
      return "virtual threads (sandbox, senders, controllers)";
    }
    return "other threads";
  }

  private static double ownProcess() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .map(cpu -> cpu.toMillis() / 1e3)
        .orElse(0.0);
  }

  private static void addPostgres(Map<String, Double> seconds) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        add(process, seconds);
      }
    } catch (IOException e) {
      seconds.put("PostgreSQL (not Linux: unknown)", 0.0);
    }
  }

  private static void add(Path process, Map<String, Double> seconds) {
    try {
      String command = Files.readString(process.resolve("cmdline")).replace('\0', ' ').strip();
      if (!command.startsWith("postgres:")) {
        return;
      }
      String[] words = command.split("\\s+"); // postgres: <role> <database> <client> …
      boolean backend = words.length > 3 && words[3].contains("(");
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
      seconds.merge(
          backend ? "PostgreSQL for " + words[2] : "PostgreSQL's own processes", cpu, Double::sum);
    } catch (IOException | NumberFormatException e) {
      // the process ended while we looked
    }
  }

  /** What was used between two looks; what ended in between is missed. */
  static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
    var used = new TreeMap<String, Double>();
    after.forEach(
        (step, seconds) -> used.put(step, Math.max(0, seconds - before.getOrDefault(step, 0.0))));
    return used;
  }
}
