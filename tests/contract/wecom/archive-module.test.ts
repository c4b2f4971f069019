/** WECOM_ARCHIVE_LIB may name a JavaScript module instead of the vendor's library. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLibrary, LibraryFailure } from '../../../adapters/wecom/archive/library.ts';

const keys = { corpId: 'ww1234567890abcdef', secret: 's', proxy: '', proxyPassword: '' };
const log = { info: () => {}, warn: () => {} };

function moduleWith(source: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'archive-module-')), 'archive.mjs');
  writeFileSync(path, source);
  return path;
}

test('its answers are taken like the library’s, and our secrets are not in its environment', async () => {
  process.env.SOME_SECRET_OF_OURS = 'hush';
  const path = moduleWith(`export const open = ({ corpId }) => ({
    getChatData: (seq, limit) => ({ code: 0, text: [corpId, seq, limit, process.env.SOME_SECRET_OF_OURS].join(' ') }),
    decryptData: async () => ({ code: 10006, text: '' }),
  });`);
  const library = createLibrary(path, keys, log);
  try {
    expect(await library.pull('18446744073709551615', 7)).toEqual({
      code: 0,
      text: 'ww1234567890abcdef 18446744073709551615 7 ',
    });
    expect(await library.decrypt('k', 'm')).toEqual({ code: 10006, text: '' });
  } finally {
    library.stop();
    delete process.env.SOME_SECRET_OF_OURS;
  }
});

test('one that dies is started again for the next question', async () => {
  const path = moduleWith(`export const open = () => ({
    getChatData: (seq) => (seq === '1' ? process.exit(3) : { code: 0, text: seq }),
    decryptData: () => ({ code: 0, text: '' }),
  });`);
  const library = createLibrary(path, keys, log);
  try {
    await expect(library.pull('1', 1)).rejects.toMatchObject({ kind: 'crashed' });
    expect(await library.pull('2', 1)).toEqual({ code: 0, text: '2' });
  } finally {
    library.stop();
  }
  await expect(library.pull('3', 1)).rejects.toBeInstanceOf(LibraryFailure);
});

test('one that does not answer is ended after ten seconds and started again', async () => {
  const path = moduleWith(`export const open = () => ({
    getChatData: (seq) => ({ code: 0, text: seq }),
    decryptData: () => new Promise(() => setInterval(() => {}, 1000)),
  });`);
  const library = createLibrary(path, keys, log);
  try {
    await expect(library.decrypt('k', 'm')).rejects.toMatchObject({ kind: 'hung' });
    expect(await library.pull('2', 1)).toEqual({ code: 0, text: '2' });
  } finally {
    library.stop();
  }
});
