// A private Galera cluster of MariaDB servers for one run: own folders, own loopback ports, gone afterwards.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { freePort } from './free-port.ts';
import { findProgram } from './installed.ts';

export interface Cluster {
  /** One port for each server, in the order of their numbers. */
  readonly ports: readonly number[];
  /** SIGKILL. */
  kill(node: number): Promise<void>;
  /** Starts a server that was killed; resolves when it has caught up with the others. */
  start(node: number): Promise<void>;
  stop(): Promise<void>;
}

interface Node {
  readonly folder: string;
  readonly port: number;
  readonly group: number;
  readonly transfer: number;
  readonly dump: number;
  server: ChildProcess | null;
}

const PROVIDERS = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib/galera-4/libgalera_smm.so'];
const READY_WITHIN_MS = 60_000;
const run = promisify(execFile);

/** The cluster's library beside a MariaDB server that can load it, and what copies a whole state; null where one is missing. */
export async function findCluster(): Promise<{ readonly program: string; readonly provider: string } | null> {
  const program = findProgram(['mariadbd'], ['/usr/sbin', '/usr/libexec', '/usr/local/sbin']);
  const tools = ['mariadb-install-db', 'rsync'].every((tool) => findProgram([tool]));
  for (const provider of PROVIDERS) {
    const there = await readFile(provider).then(
      () => true,
      () => false,
    );
    if (program && tools && there) return { program, provider };
  }
  return null;
}

/** All begin with a copy of the first one's folder, so that nobody needs a whole state sent. */
export async function startCluster(
  { program, provider }: { readonly program: string; readonly provider: string },
  size: number,
): Promise<Cluster> {
  const home = await mkdtemp(join(tmpdir(), 'liaodan-galera-'));
  // The tool that sends a state to a server which has lost its place gives up its rights before it writes.
  await chmod(home, 0o755);
  const name = home.slice(-6);
  const nodes: Node[] = [];
  for (let n = 0; n < size; n += 1) {
    const [port, group, transfer, dump] = [await freePort(), await freePort(), await freePort(), await freePort()];
    nodes.push({ ...{ folder: join(home, String(n)), port, group, transfer, dump }, server: null });
  }
  const members = nodes.map(({ group }) => `127.0.0.1:${group}`).join(',');

  const endAll = () => {
    for (const { server } of nodes) server?.kill('SIGKILL');
  };
  process.once('exit', endAll);

  async function launch(node: Node, further: readonly string[]): Promise<void> {
    const log = await open(join(node.folder, 'server.log'), 'a');
    node.server = spawn(program, [...optionsOf(node, name, provider), ...further], {
      stdio: ['ignore', log.fd, log.fd],
    });
    await log.close();
    await untilSynced(node);
  }

  const found = (node: Node) => launch(node, ['--wsrep-cluster-address=gcomm://', '--wsrep-new-cluster']);
  const joinOthers = (node: Node, further: readonly string[] = []) =>
    launch(node, [`--wsrep-cluster-address=gcomm://${members}`, ...further]);

  async function stop(): Promise<void> {
    for (const node of nodes) await end(node, 'SIGKILL');
    process.off('exit', endAll);
    await rm(home, { recursive: true, force: true });
  }

  try {
    const [first, ...others] = nodes as [Node, ...Node[]];
    await mkdir(first.folder);
    await run('mariadb-install-db', [
      ...['--no-defaults', `--datadir=${join(first.folder, 'data')}`, '--skip-test-db', '--user=root'],
      '--auth-root-authentication-method=normal',
      `--tmpdir=${first.folder}`,
    ]);
    await found(first);
    await end(first, 'SIGTERM');
    for (const other of others) {
      await cp(first.folder, other.folder, { recursive: true });
      await rm(join(other.folder, 'data', 'galera.cache'), { force: true });
      const state = join(other.folder, 'data', 'grastate.dat');
      await writeFile(state, (await readFile(state, 'utf8')).replace('safe_to_bootstrap: 1', 'safe_to_bootstrap: 0'));
    }
    await run('chmod', ['-R', 'a+rwX', home]);
    await found(first);
    for (const other of others) await joinOthers(other);
    return {
      ports: nodes.map(({ port }) => port),
      kill: (n) => end(nodes[n] as Node, 'SIGKILL'),
      async start(n) {
        const node = nodes[n] as Node;
        await joinOthers(node, [`--wsrep-start-position=${await positionOf(program, node, name, provider)}`]);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function optionsOf(node: Node, name: string, provider: string): string[] {
  const { folder, port, group, transfer, dump } = node;
  return [
    '--no-defaults',
    '--user=root',
    `--datadir=${join(folder, 'data')}`,
    // A server that starts clears away what others have in a folder for all.
    `--tmpdir=${folder}`,
    `--socket=${join(folder, 'server.sock')}`,
    `--pid-file=${join(folder, 'server.pid')}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--performance-schema=OFF',
    '--binlog-format=ROW',
    '--innodb-autoinc-lock-mode=2',
    '--innodb-flush-log-at-trx-commit=2',
    '--innodb-buffer-pool-size=64M',
    '--max-connections=200',
    '--wsrep-on=ON',
    `--wsrep-provider=${provider}`,
    `--wsrep-cluster-name=${name}`,
    `--wsrep-node-address=127.0.0.1:${group}`,
    `--wsrep-provider-options=base_port=${group};ist.recv_addr=127.0.0.1:${transfer};gcache.size=64M;pc.recovery=false;evs.keepalive_period=PT0.5S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S`,
    '--wsrep-sst-method=rsync',
    `--wsrep-sst-receive-address=127.0.0.1:${dump}`,
  ];
}

/** Where a server stood that had no time to write it down: its own log of changes knows. */
async function positionOf(program: string, node: Node, name: string, provider: string): Promise<string> {
  const { stderr } = await run(program, [
    ...optionsOf(node, name, provider),
    ...['--wsrep-cluster-address=gcomm://', '--wsrep-recover'],
  ]);
  const position = /Recovered position: (\S+)/.exec(stderr)?.[1];
  if (!position) throw new Error(`no position:\n${stderr.slice(-2_000)}`);
  return position;
}

/** A connection that is refused means "not yet"; an ended process means "never". */
async function untilSynced(node: Node): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if ((await stateOf(node)) === 'Synced') return;
    if (node.server?.exitCode !== null || Date.now() > deadline) {
      throw new Error(`not synced:\n${(await readFile(join(node.folder, 'server.log'), 'utf8')).slice(-3_000)}`);
    }
    await sleep(100);
  }
}

async function stateOf({ port }: Node): Promise<string | null> {
  try {
    const connection = await createConnection({ host: '127.0.0.1', port, user: 'root', connectTimeout: 2_000 });
    connection.on('error', () => undefined);
    try {
      const [[row]] = await connection.query<RowDataPacket[]>("SHOW STATUS LIKE 'wsrep_local_state_comment'");
      return row?.['Value'] ?? null;
    } finally {
      connection.destroy();
    }
  } catch {
    return null;
  }
}

async function end(node: Node, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const { server } = node;
  node.server = null;
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill(signal);
  await ended;
}
