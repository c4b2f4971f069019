// A parcel that is being written touches nothing but itself.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openParcel } from '../../../src/commands/zip-file.ts';

it.each(['copy.zip', 'copy'])('%s: what is called alike stays, and of two at once each has its own', async (name) => {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-parcel-'));
  try {
    const path = join(folder, name);
    await mkdir(`${path}.part`);
    await writeFile(join(`${path}.part`, 'letter.txt'), 'somebody’s');
    const [one, other] = [openParcel(path), openParcel(path)];
    one?.add('a.txt', Buffer.from('one'));
    other?.add('a.txt', Buffer.from('other'));
    other?.discard();
    one?.finish();
    expect(await readFile(join(`${path}.part`, 'letter.txt'), 'utf8')).toBe('somebody’s');
    expect((await readdir(folder)).sort()).toEqual([name, `${name}.part`]);
    expect(openParcel(path)).toBeNull();
  } finally {
    await rm(folder, { recursive: true });
  }
});
