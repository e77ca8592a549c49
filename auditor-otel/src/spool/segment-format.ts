import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { severityLevels } from 'audit-event';
import type { Frame, StreamKind } from '../outbox';

/*
 * A segment: its header twice, then frames.
 *
 *   header  magic (8) | length u32 | crc32 u32 | JSON
 *   frame   marker (8) | length u32 | crc32 u32 | sequence u64 | flags u8 | length of id u8 | id | the bytes of the OTLP record
 *
 * Numbers are big-endian. A length counts what follows its crc32, which is over all that stands before and behind it. The
 * marker is random and in the header: where a frame is damaged the next one is found by it, and nobody who may write
 * into a record can forge one. The second header stands where its own length says, which no record does by chance.
 */
const MAGIC = Buffer.from('AUDSPOOL');
const MARKER_BYTES = 8;
/** Marker or magic, length and crc32. */
const PREFIX_BYTES = MARKER_BYTES + 4 + 4;
const SEQUENCE_BYTES = 8;
const FIXED_BYTES = PREFIX_BYTES + SEQUENCE_BYTES + 1 + 1;
const ID_MAX_BYTES = 255;
const VERSION = 1;
/** In the flags, beside the number of the severity level. */
const KEPT = 0x80;

/** What all frames of a segment have in common. */
export interface SegmentHeader extends StreamKind {
  /** Eight bytes that stand before each frame. */
  marker: Buffer;
}

/** A frame, and where it begins in its segment. */
export interface PlacedFrame {
  frame: Frame;
  offset: number;
}

/** A segment that was read back. */
export interface SegmentContent {
  header: SegmentHeader;
  frames: PlacedFrame[];
  /** Bytes that are no frame: damaged, or cut off when the process ended while it wrote. */
  damagedBytes: number;
}

/** A marker for a new segment. */
export function newMarker(): Buffer {
  return randomBytes(MARKER_BYTES);
}

/** How many bytes a frame takes in a segment. */
export function sizeOfFrame({ id, bytes }: Frame): number {
  return FIXED_BYTES + sizeOfId(id) + bytes.length;
}

/** The header, twice: one may be damaged. */
export function encodeHeader(header: SegmentHeader): Buffer {
  const { marker, ...rest } = header;
  const json = Buffer.from(
    JSON.stringify({
      version: VERSION,
      marker: marker.toString('hex'),
      ...rest,
    }),
  );
  const copy = Buffer.alloc(PREFIX_BYTES + json.length);
  MAGIC.copy(copy);
  json.copy(copy, PREFIX_BYTES);
  seal(copy);
  return Buffer.concat([copy, copy]);
}

/** Frames as they are written, one after the other. */
export function encodeFrames(marker: Buffer, frames: readonly Frame[]): Buffer {
  const sizes = frames.map(sizeOfFrame);
  const all = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + size, 0));
  let start = 0;
  for (const [i, frame] of frames.entries()) {
    const end = start + sizes[i]!;
    marker.copy(all, start);
    let at = start + PREFIX_BYTES;
    all.writeBigUInt64BE(BigInt(frame.sequence), at);
    at += SEQUENCE_BYTES;
    all[at++] =
      severityLevels.indexOf(frame.severityLevel) | (frame.isKept ? KEPT : 0);
    const idBytes = sizeOfId(frame.id);
    all[at++] = idBytes;
    Buffer.from(frame.id).copy(all, at, 0, idBytes);
    all.set(frame.bytes, at + idBytes);
    seal(all.subarray(start, end));
    start = end;
  }
  return all;
}

/**
 * Reads a segment back: every frame that is sound, whatever else is damaged. Undefined when neither copy of the header can be read.
 */
export function decodeSegment(bytes: Buffer): SegmentContent | undefined {
  const found = decodeHeaderAt(bytes, 0) ?? decodeSecondHeader(bytes);
  if (!found) return undefined;
  const { header, begin, end } = found;
  const frames: PlacedFrame[] = [];
  const start = end + sizeOfSoundAt(bytes, end, MAGIC);
  let sound = 0;
  let at = start;
  while (at >= 0 && at < bytes.length) {
    const size = sizeOfSoundAt(bytes, at, header.marker);
    if (size < FIXED_BYTES) {
      at = bytes.indexOf(header.marker, at + 1);
      continue;
    }
    frames.push({
      frame: decodeFrame(bytes.subarray(at, at + size)),
      offset: at,
    });
    sound += size;
    at += size;
  }
  return { header, frames, damagedBytes: begin + bytes.length - start - sound };
}

interface PlacedHeader {
  header: SegmentHeader;
  begin: number;
  end: number;
}

function decodeSecondHeader(bytes: Buffer): PlacedHeader | undefined {
  let at = bytes.indexOf(MAGIC, 1);
  for (; at > 0; at = bytes.indexOf(MAGIC, at + 1)) {
    if (bytes.length - at < PREFIX_BYTES) break;
    const size = PREFIX_BYTES + bytes.readUInt32BE(at + MARKER_BYTES);
    const found = size === at ? decodeHeaderAt(bytes, at) : undefined;
    if (found) return found;
  }
  return undefined;
}

function decodeHeaderAt(bytes: Buffer, at: number): PlacedHeader | undefined {
  const size = sizeOfSoundAt(bytes, at, MAGIC);
  if (size === 0) return undefined;
  const json = bytes.toString('utf8', at + PREFIX_BYTES, at + size);
  const { version, marker, ...rest } = JSON.parse(json) as {
    version: number;
    marker: string;
  } & Omit<SegmentHeader, 'marker'>;
  if (version !== VERSION) return undefined;
  return {
    header: { ...rest, marker: Buffer.from(marker, 'hex') },
    begin: at,
    end: at + size,
  };
}

function decodeFrame(bytes: Buffer): Frame {
  let at = PREFIX_BYTES;
  const sequence = Number(bytes.readBigUInt64BE(at));
  at += SEQUENCE_BYTES;
  const flags = bytes[at++]!;
  const idBytes = bytes[at++]!;
  return {
    id: bytes.toString('utf8', at, at + idBytes),
    severityLevel: severityLevels[flags & ~KEPT]!,
    isKept: (flags & KEPT) !== 0,
    sequence,
    bytes: bytes.subarray(at + idBytes),
  };
}

/** Ids are UUIDs but for a caller who gives another; of a very long one the beginning has to do. */
function sizeOfId(id: string): number {
  return Math.min(Buffer.byteLength(id), ID_MAX_BYTES);
}

/** Writes length and crc32 of what stands behind them. */
function seal(bytes: Buffer): void {
  bytes.writeUInt32BE(bytes.length - PREFIX_BYTES, MARKER_BYTES);
  bytes.writeUInt32BE(checksum(bytes), MARKER_BYTES + 4);
}

function checksum(bytes: Buffer): number {
  const before = crc32(bytes.subarray(0, MARKER_BYTES + 4));
  return crc32(bytes.subarray(PREFIX_BYTES), before);
}

/** The size of what stands here, 0 when it does not begin with the marker or is not sound. */
function sizeOfSoundAt(bytes: Buffer, at: number, marker: Buffer): number {
  if (bytes.length - at < PREFIX_BYTES) return 0;
  if (marker.compare(bytes, at, at + MARKER_BYTES) !== 0) return 0;
  const size = PREFIX_BYTES + bytes.readUInt32BE(at + MARKER_BYTES);
  if (size > bytes.length - at) return 0;
  const whole = bytes.subarray(at, at + size);
  return whole.readUInt32BE(MARKER_BYTES + 4) === checksum(whole) ? size : 0;
}
