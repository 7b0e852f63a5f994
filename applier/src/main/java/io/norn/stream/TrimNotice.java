package io.norn.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a node says, in its stream, of a stream that its clients trimmed: of the entries that it had
 * seen there, those below the first one are gone but for some. On the reserved channel; touches no
 * key.
 */
public final class TrimNotice {
  /** Name under which it is handed on among the commands of a stream; no server has it. */
  public static final String COMMAND = "NORN.TRIMMED";

  /**
   * Says it for a stream, at one moment; answers 0 if there is none. Arguments: channel, number of
   * the database, and the entries that came in since the trim: they may stand below the first one
   * that it left. Of an empty stream the last ID, behind a bracket.
   */
  public static final String SCRIPT =
      """
      if redis.call('TYPE', KEYS[1]).ok ~= 'stream' then return 0 end
      local late = {}
      for i = 3, #ARGV do late[ARGV[i]] = true end
      local spared = {}
      local from = '-'
      local first
      repeat
        local page = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 1 + #spared)
        for _, entry in ipairs(page) do
          if not late[entry[1]] then
            first = entry[1]
            break
          end
          spared[#spared + 1] = entry[1]
          from = '(' .. entry[1]
        end
      until first or #page == 0
      if not first then
        local info = redis.call('XINFO', 'STREAM', KEYS[1])
        for i = 1, #info, 2 do
          if info[i] == 'last-generated-id' then first = '(' .. info[i + 1] end
        end
      end
      redis.call('SPUBLISH', ARGV[1],
          'm ' .. ARGV[2] .. ' ' .. first .. ' ' .. table.concat(spared, ',') .. ' ' .. KEYS[1])
      return 1
      """;

  private static final byte[] COMMAND_BYTES = Text.bytes(COMMAND);
  private static final String KIND = "m";

  private TrimNotice() {}

  /**
   * The command that runs the script.
   *
   * @param late entries that came in since the trim
   */
  public static byte[][] asCommand(int db, byte[] key, Collection<byte[]> late) {
    List<byte[]> command = new ArrayList<>();
    command.add(Text.bytes("EVAL"));
    command.add(Text.bytes(SCRIPT));
    command.add(Text.bytes("1"));
    command.add(key);
    command.add(Text.bytes(Reserved.CHANNEL));
    command.add(Text.bytes(Integer.toString(db)));
    command.addAll(late);
    return command.toArray(new byte[0][]);
  }

  /**
   * What a message says, as a command with arguments key, first ID, and IDs that are still there;
   * null if no notice.
   */
  static Change of(byte[] message, long endOffset) {
    String[] parts = Text.latin1(message).split(" ", 5);
    if (!parts[0].equals(KIND) || parts.length < 5) {
      return null;
    }
    try {
      List<byte[]> args = new ArrayList<>();
      args.add(COMMAND_BYTES);
      args.add(Text.latin1Bytes(parts[4]));
      args.add(Text.bytes(parts[2]));
      if (!parts[3].isEmpty()) {
        Arrays.stream(parts[3].split(",", -1)).map(Text::bytes).forEach(args::add);
      }
      return new Change(Integer.parseInt(parts[1]), args.toArray(new byte[0][]), endOffset);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** True for a notice: it has its stamp from its place, no tick has to cover it. */
  static boolean isOne(Change change) {
    return change.args()[0] == COMMAND_BYTES;
  }
}
