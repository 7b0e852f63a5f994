package io.norn.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A manual page in the macros of man(7), made of what {@code --help} says. Picocli's own generator
 * makes AsciiDoc, which would need a large program more to become a manual page.
 */
final class ManPage {
  private final CommandLine command;
  private final CommandSpec spec;
  private final StringBuilder page = new StringBuilder();

  private ManPage(CommandLine command) {
    this.command = command;
    this.spec = command.getCommandSpec();
  }

  /** The page of one command. */
  static String of(CommandLine command) {
    ManPage page = new ManPage(command);
    page.head();
    page.options();
    page.commands();
    page.tail();
    return page.page.toString();
  }

  private String name() {
    return spec.qualifiedName("-");
  }

  private void head() {
    page.append(".TH ").append(name().toUpperCase(Locale.ROOT).replace("-", "\\-"));
    page.append(" 1 \"\" \"Norn\" \"Norn\"\n");
    section("NAME");
    String[] description = spec.usageMessage().description();
    text(name() + " - " + (description.length == 0 ? "" : description[0]));
    section("SYNOPSIS");
    text(command.getHelp().synopsis(0).strip().replaceAll("\\s+", " "));
    section("DESCRIPTION");
    text(String.join(" ", description));
  }

  private void options() {
    List<PositionalParamSpec> parameters =
        spec.positionalParameters().stream().filter(each -> !each.hidden()).toList();
    List<OptionSpec> options = spec.options().stream().filter(each -> !each.hidden()).toList();
    if (!parameters.isEmpty() || !options.isEmpty()) {
      section("OPTIONS");
    }
    parameters.forEach(each -> item(each.paramLabel(), rendered(each)));
    for (OptionSpec option : options) {
      boolean hasValue = option.arity().max() > 0;
      item(
          String.join(", ", option.names()) + (hasValue ? " " + option.paramLabel() : ""),
          rendered(option));
    }
  }

  /** With its default, where the description asks for that. */
  private static String rendered(CommandLine.Model.ArgSpec argument) {
    String description = String.join(" ", argument.description());
    return description.replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValue()));
  }

  private void commands() {
    Map<String, CommandLine> visible = new TreeMap<>();
    command
        .getSubcommands()
        .forEach(
            (name, each) -> {
              if (!each.getCommandSpec().usageMessage().hidden()) {
                visible.put(name, each);
              }
            });
    if (!visible.isEmpty()) {
      section("COMMANDS");
      visible.forEach(
          (name, each) ->
              item(name, String.join(" ", each.getCommandSpec().usageMessage().description())));
    }
  }

  private void tail() {
    section("EXIT STATUS");
    item("0", "fine");
    item("1", "something differs, is wrong, or was refused");
    item("2", "wrong usage");
    item("3", "nobody answers at the address");
    item("4", "the configuration, the port or the data directory cannot be used");
    if (spec.parent() != null) {
      section("SEE ALSO");
      text(spec.parent().qualifiedName("-") + "(1)");
    }
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void item(String term, String description) {
    page.append(".TP\n.B ").append(escaped(term)).append('\n');
    text(description);
  }

  private void text(String text) {
    String plain = Ansi.OFF.string(text);
    page.append(plain.isBlank() ? "\\&" : escaped(plain)).append('\n');
  }

  /** A dot or an apostrophe at the beginning of a line would be a command. */
  private static String escaped(String text) {
    String escaped = text.strip().replace("\\", "\\e").replace("-", "\\-").replaceAll("\\R", " ");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
