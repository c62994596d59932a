package io.rebound.ingest.imports;

import io.rebound.ingest.imports.ImportOutcome.ComeAgain;
import io.rebound.ingest.imports.ImportOutcome.Done;
import io.rebound.ingest.imports.ImportOutcome.Refused;
import io.rebound.ingest.imports.RowReaders.Opened;
import io.rebound.ingest.intake.Acceptance;
import io.rebound.ingest.intake.Acceptance.NotDurable;
import io.rebound.ingest.intake.Acceptance.Rejection;
import io.rebound.ingest.intake.Acceptance.Stored;
import io.rebound.ingest.intake.Arrival;
import io.rebound.ingest.intake.Fields;
import io.rebound.ingest.intake.KeptRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes a file: a batch of rows is read, kept, ticked off, and only then the next one is read, so
 * memory doesn't grow with the file and a slow Kafka slows the upload. An upload that breaks off,
 * be it that this process is killed, goes on with its key: rows that are ticked off are read and
 * compared, not published again. Rows of a batch that was kept and not ticked off come twice, with
 * the same ids.
 */
@Component
class Importer {
  private static final Logger log = LoggerFactory.getLogger(Importer.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration DATABASE_AWAY = Duration.ofSeconds(5);
  private static final int TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;

  private final Imports imports;
  private final RowReaders readers;
  private final BatchKeeper keeper;
  private final ImportsProperties properties;
  private final Clock clock;

  Importer(
      Imports imports,
      RowReaders readers,
      BatchKeeper keeper,
      ImportsProperties properties,
      Clock clock) {
    this.imports = imports;
    this.readers = readers;
    this.keeper = keeper;
    this.properties = properties;
    this.clock = clock;
  }

  /** Blocks until the upload ends. */
  ImportOutcome take(Upload upload) throws InterruptedException {
    try {
      Opened file = readers.open(upload);
      var rows = new UploadedRows(file.rows());
      Optional<Import> known = imports.find(upload.source().id(), upload.key());
      if (known.isEmpty()) {
        return goOn(imports.begin(upload, clock.instant()), upload, file, rows);
      }
      // looked at before anything is claimed: the wrong file must not stop the right one
      if (known.get().kind() != upload.kind()) {
        return otherContent("was used for an import of " + known.get().kind().wireName());
      }
      if (known.get().state() == Import.State.DONE) {
        return again(known.get(), upload, rows);
      }
      return rows.skip(known.get().rows(), known.get().rowsDigest())
          ? goOn(imports.begin(upload, clock.instant()), upload, file, rows)
          : otherContent("was begun with another file");
    } catch (IOException e) {
      return brokenOff(e);
    } catch (DataAccessException | TransactionException e) {
      log.atWarn()
          .addKeyValue("failure", e.getClass().getSimpleName())
          .log("The imports' database is away; the client is told to send the file again");
      return new ComeAgain(DATABASE_AWAY);
    }
  }

  private ImportOutcome goOn(Import begun, Upload upload, Opened file, UploadedRows rows)
      throws InterruptedException {
    ImportOutcome outcome;
    try {
      outcome = keepAll(begun, upload, file, rows);
    } catch (IOException e) {
      outcome = brokenOff(e);
    }
    switch (outcome) {
      case Done _ -> {}
      case ComeAgain _ -> imports.stop(begun, "Kafka or the quarantine is away", clock.instant());
      case Refused(_, _, var field, var reason) ->
          imports.stop(begun, field + " " + reason, clock.instant());
    }
    return outcome;
  }

  /** A finished key is answered with its report, if the file begins and is as long as it did. */
  private ImportOutcome again(Import done, Upload upload, UploadedRows rows) throws IOException {
    boolean otherLength =
        done.contentLength() != null
            && upload.contentLength() != null
            && !done.contentLength().equals(upload.contentLength());
    boolean same =
        !otherLength
            && rows.skip(done.headRows(), done.headDigest())
            && (done.headRows() < done.rows() || rows.batch(1).isEmpty());
    return same ? new Done(done) : otherContent("was used for another file");
  }

  private ImportOutcome keepAll(Import begun, Upload upload, Opened file, UploadedRows rows)
      throws IOException, InterruptedException {
    // another upload may have gone on, or begun, since it was looked at
    if (begun.kind() != upload.kind()
        || !rows.skip(begun.rows() - rows.count(), begun.rowsDigest())) {
      return otherContent("was begun with another file");
    }
    if (begun.state() == Import.State.DONE) {
      return new Done(begun);
    }
    Arrival arrival =
        KeptRequest.arrival(upload.source(), begun.kind().wireName(), begun.receivedAt(), null)
            .with(new Fields(JSON.valueToTree(file.envelope())));
    Import current = begun;
    for (List<Row> batch = rows.batch(properties.batchRows());
        !batch.isEmpty();
        batch = rows.batch(properties.batchRows())) {
      Acceptance acceptance = keeper.keep(arrival, batch);
      if (acceptance instanceof NotDurable(var pause)) {
        return new ComeAgain(pause);
      }
      Optional<Import> ticked = tickOff(current, batch, acceptance, rows.digest());
      if (ticked.isEmpty()) {
        return takenOver();
      }
      current = ticked.get();
    }
    return imports.finish(current, clock.instant())
        ? new Done(imports.find(current.id()).orElseThrow())
        : takenOver();
  }

  private Optional<Import> tickOff(
      Import current, List<Row> batch, Acceptance acceptance, byte[] digest) {
    List<Rejection> rejected =
        switch (acceptance) {
          case Stored stored -> stored.rejected();
          case Acceptance.Refused refused -> refused.rejected();
          case NotDurable _ -> throw new IllegalArgumentException();
        };
    List<RowError> errors =
        rejected.stream()
            .limit(Math.max(0, properties.keptErrors() - current.rejected()))
            .map(one ->
                new RowError(
                    current.rows() + one.index() + 1,
                    batch.get(one.index()).line(),
                    one.why().field(),
                    one.why().reason()))
            .toList();
    return imports.tickOff(
        current, batch.size() - rejected.size(), rejected.size(), errors, digest, clock.instant());
  }

  private static ImportOutcome otherContent(String reason) {
    return new Refused(UNPROCESSABLE, "idempotency-key-reused", "Idempotency-Key", reason);
  }

  private static ImportOutcome takenOver() {
    return new Refused(
        CONFLICT, "import-taken-over", "Idempotency-Key", "came again with another upload");
  }

  private static ImportOutcome brokenOff(IOException e) {
    if (e instanceof UnreadableUpload unreadable) {
      return new Refused(
          unreadable.tooLarge() ? TOO_LARGE : UNPROCESSABLE,
          "unreadable-import",
          unreadable.field(),
          unreadable.reason());
    }
    log.atInfo()
        .addKeyValue("failure", e.getClass().getSimpleName())
        .log("An upload broke off; its key goes on with it");
    return new Refused(TIMEOUT, "upload-broken-off", "body", "ended before the file did");
  }
}
