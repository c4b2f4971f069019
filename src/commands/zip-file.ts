/** Writes files into a folder or a ZIP archive that only its owner may read. */
import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';

export interface Parcel {
  /** `name` may lie in a folder: `文件/合同.pdf`. */
  add(name: string, content: Uint8Array): void;
  /** Until then nothing stands under the name that was asked for. */
  finish(): void;
  /** Takes away what was written so far. */
  discard(): void;
}

/** Null when something is there already. `path` ends in `.zip` or is a folder's. */
export function openParcel(path: string): Parcel | null {
  if (existsSync(path)) return null;
  mkdirSync(dirname(path), { recursive: true });
  return path.toLowerCase().endsWith('.zip') ? zip(path) : folder(path);
}

/** A name nobody else takes: what stands there already is not ours to remove. */
const halfOf = (path: string): string => `${path}.part-${process.pid}-${randomUUID().slice(0, 8)}`;

function folder(path: string): Parcel {
  const half = halfOf(path);
  mkdirSync(half, { mode: 0o700 });
  return {
    add(name, content) {
      const file = join(half, name);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, content, { mode: 0o600 });
    },
    finish: () => renameSync(half, path),
    discard: () => rmSync(half, { recursive: true, force: true }),
  };
}

/** Bit 11: names are UTF-8. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.4 */
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const VERSION = 20;
/** 1 January 1980: when a file was written says nothing here. */
const DATE = 0x0021;
const OWNER_MAY_READ = 0o100600 * 0x10000;

function zip(path: string): Parcel {
  const half = halfOf(path);
  const file = openSync(half, 'wx', 0o600);
  const central: Buffer[] = [];
  let at = 0;
  const write = (bytes: Buffer): void => {
    writeSync(file, bytes);
    at += bytes.length;
  };
  return {
    add(name, content) {
      const [label, packed] = [Buffer.from(name), deflateRawSync(content)];
      const common = Buffer.alloc(26);
      common.writeUInt16LE(VERSION, 0);
      common.writeUInt16LE(UTF8_NAMES, 2);
      common.writeUInt16LE(DEFLATED, 4);
      common.writeUInt16LE(DATE, 8);
      common.writeUInt32LE(crc32(content), 10);
      common.writeUInt32LE(packed.length, 14);
      common.writeUInt32LE(content.length, 18);
      common.writeUInt16LE(label.length, 22);
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(OWNER_MAY_READ, 6);
      rest.writeUInt32LE(at, 10);
      // Made on Unix: the rights above are Unix rights.
      const madeBy = Buffer.from([VERSION, 3]);
      central.push(Buffer.concat([signed(0x02014b50), madeBy, common, rest, label]));
      write(Buffer.concat([signed(0x04034b50), common, label, packed]));
    },
    finish() {
      const [start, entries] = [at, Buffer.concat(central)];
      write(entries);
      const end = Buffer.alloc(18);
      end.writeUInt16LE(central.length, 4);
      end.writeUInt16LE(central.length, 6);
      end.writeUInt32LE(entries.length, 8);
      end.writeUInt32LE(start, 12);
      write(Buffer.concat([signed(0x06054b50), end]));
      closeSync(file);
      renameSync(half, path);
    },
    discard() {
      closeSync(file);
      rmSync(half, { force: true });
    },
  };
}

function signed(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}
