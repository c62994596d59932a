package io.rebound.quickstart.keys;

import io.rebound.pseudonyms.Pepper;
import io.rebound.pseudonyms.Pseudonyms;
import io.rebound.sealing.KeyRotation;
import io.rebound.sealing.KeyRotation.Replaced;
import io.rebound.startup.Misconfigured;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the keys in a folder, and says what comes next. {@code docs/keys.md} tells it whole. */
public final class KeysCommand {
  static final int DONE = 0;
  static final int NOT_DONE = 1;
  static final int WRONG = 2;

  private static final String QUARANTINE = "quarantine";
  private static final List<String> RECEIVERS = List.of("capi-sync", "whatsapp");
  private static final String USAGE =
      """
      usage: ./rebound keys [FOLDER]                           makes an installation's own keys
             ./rebound keys rotate pepper|capi-sync|whatsapp|quarantine
                                                               makes a new key beside the old ones
             ./rebound keys rekey                              gives everybody its pseudonyms and seals
             ./rebound keys retire PEPPER-KEY                  ends an old pepper key
             ./rebound keys drop capi-sync|whatsapp|quarantine KEY
                                                               takes an old key out, for ever
      options: --folder FOLDER (default .rebound/keys, else deploy/keys), --identity URL, --progress FILE
      """;

  private final Path folder;
  private final String identity;
  private final String adminKey;
  private final @Nullable Path progress;
  private final PrintStream out;

  /**
   * @param identity its address, for {@code rekey}
   * @param progress where {@code rekey} notes how far it has come; null: in the folder
   */
  public KeysCommand(
      Path folder, String identity, String adminKey, @Nullable Path progress, PrintStream out) {
    this.folder = folder;
    this.identity = identity;
    this.adminKey = adminKey;
    this.progress = progress;
    this.out = out;
  }

  /** Whether that argument is one of these commands. */
  public static boolean knows(String argument) {
    return List.of("rotate", "retire", "drop", "rekey", "help", "--help").contains(argument);
  }

  /** Returns what the process is to end with. */
  public int run(List<String> words) {
    try {
      return switch (words.getFirst() + " " + words.size()) {
        case "rotate 2" -> rotate(words.get(1));
        case "retire 2" -> retire(words.get(1));
        case "drop 3" -> drop(words.get(1), words.get(2));
        case "rekey 1" -> rekey();
        default -> wrong();
      };
    } catch (Misconfigured e) {
      out.println(e.getMessage());
      return NOT_DONE;
    } catch (IOException e) {
      out.println("Not done: " + e.getMessage() + ". Start it again: it goes on where it was.");
      return NOT_DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return NOT_DONE;
    }
  }

  private int wrong() {
    out.print(USAGE);
    return WRONG;
  }

  private int rotate(String what) {
    var rotation = new KeyRotation(folder);
    if (what.equals("pepper")) {
      out.printf(
          """
          The pepper has the new key %s. Events carry the pseudonyms of both keys now.
          Next: 1. see that ingest, identity and whatsapp have the file %s
                2. ./rebound keys rekey, for persons who don't come by
                3. when that is done: ./rebound keys retire with the old key's id
          """,
          rotation.pepper(), folder.resolve("pepper.json"));
      return DONE;
    }
    if (what.equals(QUARANTINE)) {
      Replaced keys = rotation.quarantine();
      out.printf(
          """
          The quarantine has the new key %d; its old ones go on opening.
          Next: 1. see that every ingest has the file %s
                2. when rebound.ingest.quarantine-retention has passed and no backup reaches back
                   that far: ./rebound keys drop quarantine %d
          """,
          keys.now(), folder.resolve("quarantine.json"), keys.old());
      return DONE;
    }
    if (!RECEIVERS.contains(what)) {
      return wrong();
    }
    long key = rotation.receiver(what);
    out.printf(
        """
        %1$s has the new key %2$d; its old ones go on opening.
        Next: 1. see that %1$s has %3$s, and then that ingest has %4$s
              2. ./rebound keys rekey, for persons who don't come by
              3. when no metric rebound_*_sealed_rows counts the old key any more, and no topic and
                 no backup reaches back that far: ./rebound keys drop %1$s with the old key's id
        """,
        what, key, folder.resolve(what + ".private.json"), folder.resolve(what + ".public.json"));
    return DONE;
  }

  private int retire(String id) {
    Instant now = Instant.now();
    new KeyRotation(folder).retirePepper(id, now);
    out.printf("What happens after %s gets no pseudonym of %s any more.%n", now, id);
    return DONE;
  }

  private int drop(String owner, String id) {
    boolean quarantine = owner.equals(QUARANTINE);
    if (!quarantine && !RECEIVERS.contains(owner) || !id.matches("[0-9]{1,10}")) {
      return wrong();
    }
    var rotation = new KeyRotation(folder);
    if (quarantine) {
      rotation.dropQuarantineKey(Long.parseLong(id));
    } else {
      rotation.dropReceiverKey(owner, Long.parseLong(id));
    }
    out.printf("What %s has under the key %s opens no more.%n", owner, id);
    return DONE;
  }

  private int rekey() throws IOException, InterruptedException {
    boolean contacts = Files.exists(folder.resolve("whatsapp.private.json"));
    var rekeying =
        new Rekeying(
            new Pseudonyms(Pepper.read(folder.resolve("pepper.json"))),
            Receiver.of(folder, "capi-sync"),
            contacts ? Receiver.of(folder, "whatsapp") : null);
    Path noted = progress == null ? folder.resolve("rekey.progress") : progress;
    new RekeyCommand(identity, adminKey, rekeying, noted, out).run();
    return DONE;
  }
}
