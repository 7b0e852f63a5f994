package io.norn.stream;

import java.util.Arrays;

/** The two keys and the channel that belong to Norn on every server. */
public final class Reserved {
  /** Hash of what a node says about itself. */
  public static final String NODE_KEY = "__norn";

  /** Hash of the version vector, written only by marked transactions. */
  public static final String VECTOR_KEY = "__norn:v";

  /** Field of the version vector's hash: the running agent and the number of its last batch. */
  public static final String BATCH_FIELD = "b";

  /** Shard channel of heartbeats and barriers. */
  public static final String CHANNEL = "__norn";

  /** Message by which a peer asks an agent to write its whole version vector. */
  public static final String VECTOR_QUESTION = "v?";

  private static final byte[] NODE_BYTES = Text.bytes(NODE_KEY);
  private static final byte[] VECTOR_BYTES = Text.bytes(VECTOR_KEY);

  private Reserved() {}

  /** True if the key or channel is one of Norn's. */
  public static boolean isReserved(byte[] name) {
    return isNodeKey(name) || isVectorKey(name);
  }

  static boolean isNodeKey(byte[] name) {
    return Arrays.equals(name, NODE_BYTES);
  }

  static boolean isVectorKey(byte[] name) {
    return Arrays.equals(name, VECTOR_BYTES);
  }
}
