package io.norn.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of a record: a head with everything needed to recognise it, the name of the stream, and
 * the payload. Chronicle has no checksums, so the head carries one over all of them. Used by one
 * thread at a time.
 */
final class RecordCodec {
  static final int VERSION = 1;
  static final int MAX_NAME_BYTES = 64;
  static final int MAX_HEAD_BYTES = 44 + MAX_NAME_BYTES;

  private static final int MAGIC = 0x4e524e4a; // "NRNJ"
  private static final int CRC_AT = 40;
  private static final int NAME_AT = 44;

  private final long journalId;
  private final byte[] head = new byte[MAX_HEAD_BYTES];
  private final ByteBuffer headBuffer = ByteBuffer.wrap(head);
  private final CRC32C crc = new CRC32C();

  /** The id tells records of another journal, put in place by a copy, from our own. */
  RecordCodec(long journalId) {
    this.journalId = journalId;
  }

  /** Encodes the head, name included, into {@link #head()} and returns its length. */
  int encodeHead(
      long sequence, String stream, long offset, int db, byte[] payload, int from, int length) {
    byte[] name = stream.getBytes(StandardCharsets.US_ASCII);
    headBuffer.clear();
    headBuffer.putInt(MAGIC).put((byte) VERSION).put((byte) name.length).putShort((short) 0);
    headBuffer.putLong(journalId).putLong(sequence).putLong(offset).putInt(db).putInt(length);
    headBuffer.putInt(0).put(name);
    crc.reset();
    crc.update(head, 0, CRC_AT);
    crc.update(name, 0, name.length);
    crc.update(payload, from, length);
    headBuffer.putInt(CRC_AT, (int) crc.getValue());
    return NAME_AT + name.length;
  }

  /** What a record takes beside its payload. */
  static int headBytes(String stream) {
    return NAME_AT + stream.length();
  }

  byte[] head() {
    return head;
  }

  /** Decodes and verifies the record in the first {@code length} bytes. */
  NumberedEntry decode(byte[] bytes, int length, long expectedSequence)
      throws RecordDamageException {
    require(length >= NAME_AT, "it has only " + length + " bytes");
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, length);
    int magic = in.getInt();
    require(magic == MAGIC, "it begins with " + Integer.toHexString(magic));
    int version = in.get();
    require(version == VERSION, "its format is " + version);
    int nameEnd = NAME_AT + (in.get() & 0xff);
    require(nameEnd <= length, "the name of its stream is too long");
    verifyChecksum(bytes, length);
    in.getShort();
    require(in.getLong() == journalId, "it is of another journal");
    long sequence = in.getLong();
    require(sequence == expectedSequence, "it is record " + sequence);
    long offset = in.getLong();
    int db = in.getInt();
    int payloadLength = in.getInt();
    require(nameEnd + payloadLength == length, "its length is wrong");
    String stream = new String(bytes, NAME_AT, nameEnd - NAME_AT, StandardCharsets.US_ASCII);
    byte[] payload = Arrays.copyOfRange(bytes, nameEnd, length);
    return new NumberedEntry(sequence, new JournalEntry(stream, offset, db, payload));
  }

  private void verifyChecksum(byte[] bytes, int length) throws RecordDamageException {
    crc.reset();
    crc.update(bytes, 0, CRC_AT);
    crc.update(bytes, NAME_AT, length - NAME_AT);
    int stored = ByteBuffer.wrap(bytes).getInt(CRC_AT);
    require(stored == (int) crc.getValue(), "its checksum does not match");
  }

  private static void require(boolean holds, String otherwise) throws RecordDamageException {
    if (!holds) {
      throw new RecordDamageException(otherwise);
    }
  }
}
