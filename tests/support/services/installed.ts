// Which of the programs that tests need are installed on this machine; starts none of them.

import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The MariaDB or MySQL server, or null. Windows is left out: set TEST_MYSQL_URL there. */
export function findServer(): string | null {
  if (process.platform === 'win32') return null;
  return findProgram(['mariadbd', 'mysqld'], ['/usr/sbin', '/usr/libexec', '/usr/local/sbin']);
}

/** The browser, or null. */
export function findChromium(): string | null {
  return findProgram(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], ['/usr/bin']);
}

/** The absolute path of the first of `names` found on PATH or else in `folders`, or null. */
export function findProgram(names: readonly string[], folders: readonly string[] = []): string | null {
  const searched = [...(process.env.PATH ?? '').split(delimiter).filter(Boolean), ...folders];
  for (const name of names) {
    const path = searched.map((folder) => join(folder, name)).find(isExecutable);
    if (path) return path;
  }
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** A browser that nobody sees, which asks nothing of the internet by itself. */
export const CHROMIUM_FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
