package io.norn.resp;

/**
 * What a length on the wire may announce before the stream is taken for garbage.
 *
 * <p>Nothing is allocated because of an announced length, so generous limits cost nothing.
 *
 * @param maxBulkBytes longest argument
 * @param maxArguments most arguments of one command, its name included
 * @param maxCommandBytes longest command with all its arguments; it must fit into one array
 * @param maxInlineBytes longest command sent as a bare line
 */
public record RespLimits(
    int maxBulkBytes, int maxArguments, int maxCommandBytes, int maxInlineBytes) {
  private static final int MEGABYTE = 1 << 20;

  /**
   * What servers can send with default settings: {@code proto-max-bulk-len} 512 MB (and some, for
   * payloads of {@code RESTORE} with their footer), any number of arguments, lines of 64 KB.
   */
  public static final RespLimits DEFAULT =
      new RespLimits(640 * MEGABYTE, 64 * MEGABYTE, 1536 * MEGABYTE, 64 * 1024);
}
