/** Where a length-delimited value of protobuf lies. */
export class ProtobufSpan {
  start = 0;
  end = 0;

  /**
   * Reads a length of up to three bytes at `at`, and with it where the value lies.
   *
   * @returns false when the value goes past `limit` or is longer than 2 MiB
   */
  read(bytes: Uint8Array, at: number, limit: number): boolean {
    let size = bytes[at++]!;
    if (size >= 0x80) {
      const second = bytes[at++]!;
      size = (size & 0x7f) | ((second & 0x7f) << 7);
      if (second >= 0x80) {
        const third = bytes[at++]!;
        if (third >= 0x80) return false;
        size |= third << 14;
      }
    }
    this.start = at;
    this.end = at + size;
    // Not `this.end > limit`: past the end of the bytes the size is NaN.
    return this.end <= limit;
  }
}
