// The product's command line as a process of its own.

import { spawn } from 'node:child_process';

export interface Ended {
  /** Null when it had to be ended: it would have gone on for ever. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const PATIENCE_MS = 60_000;

/** Runs until it ends. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, ['src/cli.ts', ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk;
  });
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, out, err });
    }),
  );
}
