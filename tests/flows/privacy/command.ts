// The privacy commands as whoever runs the server types them, in this process: what they print, and how they end.

import { vi } from 'vitest';
import { privacyCommand } from '../../../src/commands/privacy.ts';
import { compactDatabase } from '../../../src/persistence/compact.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function crm(url: string, ...args: readonly string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.out += text;
    return true;
  });
  const err = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.err += text;
    return true;
  });
  try {
    const code = await privacyCommand(args, { DATABASE_URL: url }, compactDatabase);
    return { code, ...said };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}
