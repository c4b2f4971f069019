/** The key that stored platform secrets are sealed with: SECRET_KEY, or a file beside the data that the first start makes. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './errors.ts';
import { keyOf } from './sealing.ts';
import type { Environment } from './settings.ts';

export interface Keyring {
  /** Null when there is none yet. */
  find(): Buffer | null;
  /** The key, made when there is none; `madeAt` is the file it was written to just now. Throws StartError when it cannot be. */
  obtain(): { readonly key: Buffer; readonly madeAt: string | null };
}

const FILE = 'secret.key';
const SHORTEST = 32;

/** Throws StartError when SECRET_KEY is no key. */
export function createKeyring(env: Environment, databaseUrl: string): Keyring {
  const said = env['SECRET_KEY']?.trim() ?? '';
  if (said !== '' && said.length < SHORTEST) {
    throw new StartError(
      'secret_key',
      `SECRET_KEY 太短：至少 ${SHORTEST} 个字符，例如用 openssl rand -hex 32 生成一个；不填就用数据目录里的 ${FILE}。`,
    );
  }
  const file = join(dataFolder(databaseUrl), FILE);
  const find = () => {
    const secret = said === '' ? readIfThere(file) : said;
    return secret === null ? null : keyOf(secret);
  };
  return {
    find,
    obtain() {
      const known = find();
      if (known) return { key: known, madeAt: null };
      const made = make(file);
      const key = find();
      if (!key) throw unwritable(file);
      return { key, madeAt: made ? file : null };
    },
  };
}

/** Where SQLite keeps its file; beside a database server, the folder that would have been. */
function dataFolder(databaseUrl: string): string {
  const path = databaseUrl.startsWith('sqlite:')
    ? databaseUrl.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
    : null;
  return path === null ? resolve('data') : dirname(resolve(path));
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null;
    throw new StartError('secret_key', `读不了密钥文件 ${file}：请检查它的权限，或在 .env 里填 SECRET_KEY。`, {
      cause,
    });
  }
}

/** False when another process made it a moment ago. */
function make(file: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw unwritable(file, { cause });
  }
}

const unwritable = (file: string, options?: ErrorOptions): StartError =>
  new StartError(
    'secret_key',
    `写不了密钥文件 ${file}：请让这个目录可写，或在 .env 里填 SECRET_KEY（用 openssl rand -hex 32 生成）。`,
    options,
  );
