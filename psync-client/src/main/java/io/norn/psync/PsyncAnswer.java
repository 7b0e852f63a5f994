package io.norn.psync;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the two good answers to PSYNC. */
final class PsyncAnswer {
  private static final Pattern FULL_RESYNC =
      Pattern.compile("FULLRESYNC ([0-9A-Za-z]{40}) (\\d{1,18})");
  private static final Pattern CONTINUE = Pattern.compile("CONTINUE(?: ([0-9A-Za-z]{40}))?");

  private PsyncAnswer() {}

  static SyncReply parse(Link link, SyncRequest request, Reply reply) throws IOException {
    Matcher full = FULL_RESYNC.matcher(reply.text());
    if (full.matches()) {
      Position at = new Position(full.group(1), Long.parseLong(full.group(2)));
      return new SyncReply.FullResync(at);
    }
    Matcher more = CONTINUE.matcher(reply.text());
    if (more.matches() && request.from().isPresent()) {
      String same = request.from().get().replid();
      return new SyncReply.Continue(more.group(1) == null ? same : more.group(1));
    }
    throw new IOException(link.endpoint() + ": unexpected answer to PSYNC: '" + reply.text() + "'");
  }
}
