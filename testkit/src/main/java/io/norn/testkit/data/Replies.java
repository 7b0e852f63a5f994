package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.norn.server.ServerConnection;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Brings replies into a form that is the same for all versions of servers and encodings. */
final class Replies {
  private static final byte[] NO_NAME = {};
  private static final byte[] NO_CONTENT = {};

  private Replies() {}

  static List<Element> whole(List<Object> replies) {
    return replies.get(0) instanceof byte[] bytes
        ? List.of(new Element(NO_NAME, bytes))
        : List.of();
  }

  static List<Element> items(List<Object> replies) {
    List<Element> elements = new ArrayList<>();
    for (Object item : list(replies.get(0))) {
      byte[] index = Integer.toString(elements.size()).getBytes(US_ASCII);
      elements.add(new Element(index, (byte[]) item));
    }
    return elements;
  }

  static List<Element> members(List<Object> replies) {
    List<Element> elements = new ArrayList<>();
    for (Object member : list(replies.get(0))) {
      elements.add(new Element((byte[]) member, NO_CONTENT));
    }
    return sorted(elements);
  }

  static List<Element> fields(List<Object> replies) {
    List<?> flat = list(replies.get(0));
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      elements.add(new Element((byte[]) flat.get(i), (byte[]) flat.get(i + 1)));
    }
    return sorted(elements);
  }

  /** Redis before 7.2 writes 0.1 with 17 digits, later servers as short as possible. */
  static List<Element> scores(List<Object> replies) {
    List<?> flat = list(replies.get(0));
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      String score = Double.toString(parseScore(ServerConnection.text(flat.get(i + 1))));
      elements.add(new Element((byte[]) flat.get(i), score.getBytes(US_ASCII)));
    }
    return sorted(elements);
  }

  /**
   * Entries, then the last id, then a summary of each group. What servers of different versions
   * count differently after replication (entries read, lag) is left out, and consumers that have
   * nothing pending: a server tells nobody of a consumer that asked and got nothing.
   */
  static List<Element> stream(List<Object> replies) {
    List<?> info = list(replies.get(0));
    List<Element> elements = new ArrayList<>();
    for (Object entry : list(value(info, "entries"))) {
      List<?> idAndFields = list(entry);
      elements.add(new Element((byte[]) idAndFields.get(0), joined(list(idAndFields.get(1)))));
    }
    String lastId = ServerConnection.text(value(info, "last-generated-id"));
    elements.add(new Element("last id".getBytes(US_ASCII), lastId.getBytes(US_ASCII)));
    list(value(info, "groups")).forEach(group -> elements.add(group(list(group))));
    return elements;
  }

  private static Element group(List<?> info) {
    StringBuilder summary = new StringBuilder("last delivered ");
    summary.append(ServerConnection.text(value(info, "last-delivered-id"))).append(", pending");
    for (Object pending : list(value(info, "pending"))) {
      List<?> idAndConsumer = list(pending);
      summary.append(' ').append(ServerConnection.text(idAndConsumer.get(0)));
      summary.append(" at ").append(ServerConnection.text(idAndConsumer.get(1)));
    }
    String name = "group " + ServerConnection.text(value(info, "name"));
    return new Element(name.getBytes(UTF_8), summary.toString().getBytes(UTF_8));
  }

  private static Object value(List<?> flat, String name) {
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      if (ServerConnection.text(flat.get(i)).equals(name)) {
        return flat.get(i + 1);
      }
    }
    return null;
  }

  private static double parseScore(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "-0" -> 0.0;
      default -> Double.parseDouble(text);
    };
  }

  /** Lengths before the bytes, so that no two lists look the same. */
  private static byte[] joined(List<?> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      byte[] bytes = (byte[]) part;
      out.writeBytes((bytes.length + ":").getBytes(US_ASCII));
      out.writeBytes(bytes);
      out.write(' ');
    }
    return out.toByteArray();
  }

  private static List<Element> sorted(List<Element> elements) {
    elements.sort(Element.BY_NAME);
    return elements;
  }

  private static List<?> list(Object reply) {
    return reply instanceof List<?> list ? list : List.of();
  }
}
