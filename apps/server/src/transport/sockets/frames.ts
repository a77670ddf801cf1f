const FINAL_TEXT_FRAME = 0x81;

/**
 * Texts in the order in which they are to be sent, and the WebSocket frames that carry them: made once,
 * however many sockets get them.
 */
export class FrameRun {
  private encoded: Buffer | undefined;

  /** @param prefix what stands before each text on the wire, and is not part of it for who sends texts one by one */
  constructor(
    readonly texts: readonly string[],
    private readonly prefix = '',
  ) {}

  /** All frames, one after the other. */
  get bytes(): Buffer {
    return (this.encoded ??= encodeFrames(this.texts.map((text) => this.prefix + text)));
  }
}

/** As a server sends them: whole, not compressed, not masked. @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function encodeFrames(texts: readonly string[]): Buffer {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headBytes(length) + length, 0));
  let offset = 0;
  texts.forEach((text, index) => {
    offset = writeHead(bytes, offset, lengths[index] ?? 0);
    offset += bytes.write(text, offset);
  });
  return bytes;
}

function headBytes(length: number): number {
  if (length < 126) return 2;
  return length < 0x10000 ? 4 : 10;
}

function writeHead(bytes: Buffer, start: number, length: number): number {
  const offset = bytes.writeUInt8(FINAL_TEXT_FRAME, start);
  if (length < 126) return bytes.writeUInt8(length, offset);
  if (length < 0x10000) return bytes.writeUInt16BE(length, bytes.writeUInt8(126, offset));
  return bytes.writeBigUInt64BE(BigInt(length), bytes.writeUInt8(127, offset));
}
