// A private MariaDB (or MySQL) server for one test run: own folder, own loopback port, gone afterwards.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.ts';
import { findProgram } from './installed.ts';
import { memoryFolder } from './memory.ts';

export interface PrivateServer {
  readonly url: string;
  readonly port: number;
  /** Ends it without warning (SIGKILL), starts it again on its folder and port, and waits until it answers. */
  restart(pauseMs?: number): Promise<void>;
  stop(): Promise<void>;
}

const run = promisify(execFile);
const READY_WITHIN_MS = 60_000;

/**
 * Starts `program` on an empty data folder and waits until it answers; throws with its log if it does not. `inMemory`:
 * where this machine keeps files in memory and has room there, tables are made and dropped in a tenth of the time.
 * `options`: more of the server's own, such as `--log-bin`.
 */
export async function startServer(
  program: string,
  { inMemory = false, options = [] }: { inMemory?: boolean; options?: readonly string[] } = {},
): Promise<PrivateServer> {
  const prefix = 'liaodan-db-';
  const folder = inMemory ? await memoryFolder(prefix) : await mkdtemp(join(tmpdir(), prefix));
  try {
    await initialise(program, join(folder, 'data'));
    const port = await freePort();
    let server = await launch(program, folder, port, options);
    let guard = guardAgainstCrash(server, folder);
    const end = async () => {
      guard.kill('SIGKILL');
      await kill(server);
    };
    const stop = async () => {
      await end();
      await rm(folder, { recursive: true, force: true });
    };
    const url = `mysql://root@127.0.0.1:${port}`;
    const restart = async (pauseMs = 0) => {
      await end();
      await sleep(pauseMs);
      server = await launch(program, folder, port, options);
      guard = guardAgainstCrash(server, folder);
      await untilReady(url, server);
    };
    try {
      await untilReady(url, server);
    } catch (error) {
      const log = await readFile(join(folder, 'server.log'), 'utf8');
      await stop();
      throw new Error(`${program} did not become ready:\n${log}`, { cause: error });
    }
    return { url, port, restart, stop };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function initialise(program: string, data: string): Promise<void> {
  const user = asUser();
  const installer = findProgram(['mariadb-install-db', 'mysql_install_db']);
  if (installer) {
    await run(installer, [
      '--no-defaults',
      `--datadir=${data}`,
      `--tmpdir=${dirname(data)}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      ...user,
    ]);
  } else {
    await run(program, ['--no-defaults', '--initialize-insecure', `--datadir=${data}`, ...user]);
  }
}

async function launch(
  program: string,
  folder: string,
  port: number,
  options: readonly string[],
): Promise<ChildProcess> {
  const log = await open(join(folder, 'server.log'), 'w');
  const server = spawn(
    program,
    [
      '--no-defaults',
      `--datadir=${join(folder, 'data')}`,
      // A server that starts clears away what others have in a folder for all.
      `--tmpdir=${folder}`,
      `--socket=${join(folder, 'server.sock')}`,
      `--pid-file=${join(folder, 'server.pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      '--loose-mysqlx=OFF',
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-buffer-pool-size=64M',
      '--max-connections=200',
      ...asUser(),
      ...options,
    ],
    { stdio: ['ignore', log.fd, log.fd], detached: true },
  );
  await log.close();
  server.unref();
  return server;
}

/**
 * A shell that waits for the end of a pipe only this process holds: however the test run dies, SIGKILL included,
 * the pipe ends and the shell removes server and folder.
 */
function guardAgainstCrash(server: ChildProcess, folder: string): ChildProcess {
  const script = 'read -r _; kill -9 "$1" 2>/dev/null; sleep 1; rm -rf "$2"';
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(server.pid), folder], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  return guard;
}

/** A connection attempt that is refused means "not yet"; an ended process means "never". */
async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      const connection = await createConnection(url);
      await connection.end();
      return;
    } catch (error) {
      if (server.exitCode !== null || server.signalCode !== null || Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.ref();
  server.kill('SIGKILL');
  await ended;
}

/** The servers refuse to run as root unless told to. */
function asUser(): string[] {
  return userInfo().uid === 0 ? ['--user=root'] : [];
}
