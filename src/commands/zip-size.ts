/** How much a ZIP archive holds once it is unpacked, found out without keeping it: a small file may unpack to fill the memory. */
import { crc32, inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;
const DEFLATED = 8;

/**
 * Bytes of all entries together, counted by unpacking each (what the archive says of itself may be a lie); more than
 * `most` is told as soon as it is passed. Null when it is no such archive, or one that is damaged.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3
 */
export function unpackedSize(zip: Buffer, most: number): number | 'too much' | null {
  try {
    return sumOf(zip, most);
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') return 'too much';
    return null;
  }
}

function sumOf(zip: Buffer, most: number): number | 'too much' | null {
  const end = endOf(zip);
  if (end === null) return null;
  let at = zip.readUInt32LE(end + 16);
  let total = 0;
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) return null;
    const packed = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL) return null;
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(from, from + packed);
    const content =
      zip.readUInt16LE(at + 10) === DEFLATED
        ? inflateRawSync(data, { maxOutputLength: Math.max(1, most - total + 1) })
        : data;
    total += content.length;
    if (total > most) return 'too much';
    // The reader does not look, and some of what is bent inside it takes long to refuse.
    if (crc32(content) !== zip.readUInt32LE(at + 16)) return null;
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return total;
}

/** The record at the end, behind which only a comment may stand. */
function endOf(zip: Buffer): number | null {
  const first = Math.max(0, zip.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = zip.length - END_LENGTH; at >= first; at -= 1) if (zip.readUInt32LE(at) === END) return at;
  return null;
}
