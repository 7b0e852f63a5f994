package io.norn.agent;

import io.norn.agent.journals.ServedStream;
import io.norn.agent.link.PeerLink;
import io.norn.agent.node.SmallFile;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What all journals of a node hold. */
final class ServedStreams {
  private ServedStreams() {}

  /** Nothing while there is no node. */
  static List<ServedStream> of(Node node) {
    List<ServedStream> streams = new ArrayList<>();
    if (node != null) {
      add(streams, node.outbound(), node.replidFile());
      for (PeerLink link : node.peers().all().values()) {
        add(streams, link.stream().journal(), link.stream().replidFile());
      }
    }
    return streams;
  }

  private static void add(List<ServedStream> streams, Journal journal, SmallFile replid) {
    List<StreamRange> ranges = journal.streams();
    for (int i = 0; i < ranges.size(); i++) {
      boolean isLatest = i == ranges.size() - 1;
      streams.add(new ServedStream(ranges.get(i), isLatest ? read(replid) : "", journal));
    }
  }

  private static String read(SmallFile file) {
    try {
      return file.read().orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
