/** The product as a process of its own that is killed without warning and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../support/run-cli.ts';

export interface Server {
  /** Starts the process and waits until it says that it listens. */
  start(): Promise<void>;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** Asks it to stop and returns its exit code. */
  stop(): Promise<number | null>;
  /** Resolves when it has written these words. */
  says(words: string): Promise<void>;
  /** Puts the clock that this process and its successors believe in so much ahead of the real one. */
  setClock(aheadMs: number): void;
  /** The last lines it wrote. */
  log(): string;
}

const READY = '聊单已启动';
const READY_WITHIN_MS = 60_000;
const MACHINE_CLOCK = fileURLToPath(new URL('./machine-clock.ts', import.meta.url));

/** `script` with its arguments, unless told the product as everybody starts it. */
export function createServer(
  env: Readonly<Record<string, string>>,
  script: readonly string[] = ['src/cli.ts', 'start'],
): Server {
  let child: ChildProcess | null = null;
  let ended: Promise<number | null> = Promise.resolve(null);
  let lines: string[] = [];
  let aheadMs = 0;

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    child?.kill(signal);
    const code = await ended;
    child = null;
    return code;
  }

  return {
    start() {
      const made = spawn(process.execPath, ['--import', MACHINE_CLOCK, ...script], {
        env: { ...bareEnvironment(), ...env, MACHINE_CLOCK_AHEAD_MS: String(aheadMs) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      child = made;
      ended = new Promise((resolve) => made.once('close', (code) => resolve(code)));
      return new Promise((resolve, reject) => {
        const fail = (why: string) => () => reject(new Error(`${why}\n${lines.slice(-20).join('\n')}`));
        const timer = setTimeout(fail('the server did not get ready'), READY_WITHIN_MS);
        const hear = (chunk: Buffer) => {
          lines = [...lines, ...String(chunk).split('\n').filter(Boolean)].slice(-200);
          if (!String(chunk).includes(READY)) return;
          clearTimeout(timer);
          resolve();
        };
        made.stdout?.on('data', hear);
        made.stderr?.on('data', hear);
        made.once('close', fail('the server ended by itself'));
      });
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
    async says(words) {
      const deadline = Date.now() + READY_WITHIN_MS;
      while (!lines.some((line) => line.includes(words))) {
        if (Date.now() > deadline) throw new Error(`the server never said ${words}`);
        await sleep(20);
      }
    },
    setClock(ms) {
      aheadMs = ms;
      if (child?.connected) child.send({ aheadMs });
    },
    log: () => lines.slice(-40).join('\n'),
  };
}
