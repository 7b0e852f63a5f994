package io.norn.agent.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Reads a scenario file; its form is described in CONTRIBUTING.md. */
final class ScenarioParser {
  private static final Pattern HEAD = Pattern.compile("== *(\\S+) +(\\S.*)");
  private static final Pattern ACTION = Pattern.compile("(\\d+|all|same)(?:/(\\d+))?: *(\\S.*)");
  private static final String ARROW = " => ";
  private static final int MAX_NODES = 5;

  private final List<Scenario> scenarios = new ArrayList<>();
  private String source = "";
  private Draft draft;
  private Place place;

  private ScenarioParser() {}

  /**
   * All scenarios of a file.
   *
   * @param file its name, for messages
   * @param lines one character for each byte
   * @throws ScenarioSyntaxException naming the first line that is wrong
   */
  static List<Scenario> parse(String file, List<String> lines) {
    ScenarioParser parser = new ScenarioParser();
    for (int i = 0; i < lines.size(); i++) {
      parser.place = new Place(file, i + 1);
      parser.line(lines.get(i).strip());
    }
    parser.finish();
    return parser.scenarios;
  }

  private void line(String line) {
    try {
      if (line.startsWith("#")) {
        source = source.isEmpty() && draft == null ? line.substring(1).strip() : source;
      } else if (line.startsWith("==")) {
        head(line);
      } else if (!line.isEmpty()) {
        body(line);
      }
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
      throw new ScenarioSyntaxException(place, e.getMessage() + ": " + line);
    }
  }

  private void head(String line) {
    Matcher matcher = HEAD.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("write '== ID title'");
    }
    finish();
    draft = new Draft(matcher.group(1), matcher.group(2), place);
  }

  private void body(String line) {
    if (draft == null) {
      throw new IllegalArgumentException("'== ID title' must come first");
    }
    Matcher action = ACTION.matcher(line);
    if (action.matches()) {
      int db = action.group(2) == null ? 0 : Integer.parseInt(action.group(2));
      action(action.group(1), db, action.group(3));
    } else {
      directive(Words.of(line));
    }
  }

  private void action(String who, int db, String text) {
    int arrow = text.lastIndexOf(ARROW);
    Step.Command command =
        new Step.Command(db, Words.of(arrow < 0 ? text : text.substring(0, arrow)));
    Optional<ReplyPattern> expected =
        arrow < 0
            ? Optional.empty()
            : Optional.of(
                ReplyParser.parse(
                    text.substring(arrow + ARROW.length()), command.is("HGETALL") ? 2 : 1));
    draft.steps.add(step(who, command, expected));
  }

  private Step step(String who, Step.Command command, Optional<ReplyPattern> expected) {
    if (who.equals("all")) {
      return new Step.All(
          place,
          command,
          expected.orElseThrow(
              () -> new IllegalArgumentException("'all:' needs '=> REPLY' at the end")));
    }
    if (who.equals("same")) {
      if (expected.isPresent()) {
        throw new IllegalArgumentException("'same:' takes no reply: use 'all:'");
      }
      return new Step.Same(place, command);
    }
    return new Step.Run(place, draft.node(who), command, expected);
  }

  private void directive(List<String> words) {
    List<String> values = words.subList(1, words.size());
    switch (words.get(0)) {
      case "nodes" -> draft.nodes(Integer.parseInt(one(values)));
      case "policy" -> draft.policies.addAll(policy(values));
      case "needs" -> draft.needs.add(one(values));
      case "may-differ" -> draft.end = Scenario.End.MAY_DIFFER;
      case "wait" -> draft.steps.add(new Step.Wait(place, Long.parseLong(one(values))));
      case "sync" -> draft.sync(place, values);
      default ->
          throw new IllegalArgumentException(
              "'"
                  + words.get(0)
                  + "' is not known: it begins with a node and a colon, or with all:, same:,"
                  + " sync, wait, nodes, policy, needs, may-differ, ==, #");
    }
  }

  private static String one(List<String> values) {
    if (values.size() != 1) {
      throw new IllegalArgumentException("one value is needed, there are " + values.size());
    }
    return values.get(0);
  }

  /** The short forms of the two main policies; else a directive with its values. */
  private static List<String> policy(List<String> values) {
    if (values.size() == 1) {
      return List.of("--conflict-policy", values.get(0));
    }
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a policy is missing");
    }
    String name = values.get(0).equals("ttl") ? "ttl-policy" : values.get(0);
    List<String> arguments = new ArrayList<>(List.of("--" + name));
    arguments.addAll(values.subList(1, values.size()));
    return arguments;
  }

  private void finish() {
    if (draft != null) {
      scenarios.add(draft.scenario(source));
    }
    draft = null;
  }

  /** A scenario of which more lines may come. */
  private static final class Draft {
    private final String id;
    private final String title;
    private final Place begin;
    private final List<String> policies = new ArrayList<>();
    private final List<String> needs = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private Scenario.End end = Scenario.End.EQUAL;
    private int nodes = 2;

    Draft(String id, String title, Place begin) {
      this.id = id;
      this.title = title;
      this.begin = begin;
    }

    void nodes(int count) {
      if (count < 2 || count > MAX_NODES || !steps.isEmpty()) {
        throw new IllegalArgumentException("2 to " + MAX_NODES + " nodes, before the first step");
      }
      nodes = count;
    }

    int node(String text) {
      int node = Integer.parseInt(text);
      if (node < 1 || node > nodes) {
        throw new IllegalArgumentException("there is no node " + text + ", only 1 to " + nodes);
      }
      return node;
    }

    void sync(Place place, List<String> among) {
      TreeSet<Integer> numbers = new TreeSet<>();
      among.forEach(text -> numbers.add(node(text)));
      if (numbers.isEmpty()) {
        IntStream.rangeClosed(1, nodes).forEach(numbers::add);
      }
      if (numbers.size() < 2) {
        throw new IllegalArgumentException("'sync' alone, or with two nodes or more");
      }
      steps.add(new Step.Sync(place, numbers));
    }

    Scenario scenario(String source) {
      if (steps.isEmpty()) {
        throw new ScenarioSyntaxException(begin, id + " has no steps");
      }
      return new Scenario(id, title, begin, source, nodes, policies, needs, end, steps);
    }
  }
}
