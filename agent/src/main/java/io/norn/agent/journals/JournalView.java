package io.norn.agent.journals;

import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One journal of the node.
 *
 * @param name {@code local}, or the address of the peer
 * @param node whose stream it holds; empty if that is not known yet
 * @param journal the journal itself
 */
public record JournalView(String name, String node, Journal journal) {

  /** Names and values, for people and programs. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("node", node);
    fields.put("directory", journal.directory().toString());
    fields.put("bytes", journal.sizeBytes());
    long oldestMillis = journal.oldestMillis();
    long ageMillis = oldestMillis == 0 ? -1 : System.currentTimeMillis() - oldestMillis;
    fields.put("age_millis", ageMillis);
    fields.put("durable_offset", journal.durableEnd());
    List<Map<String, Object>> streams = new ArrayList<>();
    journal.streams().forEach(range -> streams.add(fields(range)));
    fields.put("streams", streams);
    return fields;
  }

  private static Map<String, Object> fields(StreamRange range) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("stream", range.stream());
    fields.put("first_offset", range.firstOffset());
    fields.put("end_offset", range.endOffset());
    return fields;
  }

  /**
   * The last commands of the latest stream, oldest first.
   *
   * @throws IOException if the journal cannot be read; one line for users
   */
  public List<TailCommand> tail(int count) throws IOException {
    return new JournalTail(journal).last(count);
  }
}
