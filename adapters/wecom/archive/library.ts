/** The vendor's library from this side: a child process that is started when needed and again when it has died. */
import { type ChildProcess, fork } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ChannelLog } from '../../../src/channel/channel.ts';
import type { Answer, LibraryKeys, LibraryResult, Request } from './protocol.ts';

/** The library could not answer. `init` carries the code of its `Init`. */
export class LibraryFailure extends Error {
  override readonly name = 'LibraryFailure';
  readonly kind: 'load' | 'init' | 'crashed' | 'hung' | 'stopped';
  readonly code: number | null;

  constructor(kind: LibraryFailure['kind'], code: number | null = null) {
    super(`archive library ${kind}`);
    this.kind = kind;
    this.code = code;
  }
}

export interface Library {
  /** `GetChatData`. Rejects with LibraryFailure. */
  pull(seq: string, limit: number): Promise<LibraryResult>;
  /** `DecryptData`. Rejects with LibraryFailure. */
  decrypt(key: string, message: string): Promise<LibraryResult>;
  stop(): void;
}

/** A request without its number. */
type Ask = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/** The library's own network time-out is 20 s. */
const withinMs = { open: 15_000, pull: 40_000, decrypt: 10_000 } as const;
const childFile = fileURLToPath(new URL('./child.ts', import.meta.url));
/** What a foreign binary may see of our environment: where things lie, none of our secrets. */
const passedOn =
  /^(PATH|HOME|TMPDIR|TMP|TEMP|TZ|LANG|LC_.*|LD_LIBRARY_PATH|SSL_CERT_.*|SystemRoot|windir|WECOM_ARCHIVE_(?!SECRET).*)$/;

export function createLibrary(lib: string, keys: LibraryKeys, log: ChannelLog): Library {
  const waiting = new Map<number, (answer: Answer | LibraryFailure) => void>();
  let child: ChildProcess | null = null;
  let opened: Promise<void> | null = null;
  let lastId = 0;
  let stopped = false;

  function start(): ChildProcess {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
    const fresh = fork(childFile, [], {
      execArgv: [],
      env,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    fresh.on('message', (answer: Answer) => waiting.get(answer.id)?.(answer));
    fresh.on('error', () => fresh.kill('SIGKILL'));
    fresh.on('exit', (code, signal) => {
      if (child !== fresh) return;
      forget(new LibraryFailure(stopped ? 'stopped' : 'crashed'));
      if (!stopped) log.warn({ code, signal }, 'wecom archive library died');
    });
    return fresh;
  }

  function forget(why: LibraryFailure): void {
    child = null;
    opened = null;
    for (const settle of [...waiting.values()]) settle(why);
  }

  function ask(request: Ask): Promise<LibraryResult> {
    const id = ++lastId;
    return new Promise((resolveWith, reject) => {
      const settle = (answer: Answer | LibraryFailure): void => {
        clearTimeout(timer);
        waiting.delete(id);
        if (answer instanceof LibraryFailure) reject(answer);
        else if (answer.fault !== null) reject(new LibraryFailure(answer.fault, answer.code));
        else resolveWith({ code: answer.code, text: answer.text });
      };
      const timer = setTimeout(() => {
        const hung = child;
        forget(new LibraryFailure('hung'));
        hung?.kill('SIGKILL');
      }, withinMs[request.kind]);
      waiting.set(id, settle);
      child?.send({ ...request, id }, (error) => {
        if (error) settle(new LibraryFailure('crashed'));
      });
    });
  }

  async function use(request: Ask): Promise<LibraryResult> {
    if (stopped) throw new LibraryFailure('stopped');
    if (opened === null) {
      child = start();
      opened = ask({ kind: 'open', lib: resolve(lib), keys }).then(() => undefined);
      // A library that would not open is tried afresh the next time, in a fresh process.
      opened.catch(() => close());
    }
    await opened;
    return ask(request);
  }

  function close(): void {
    const old = child;
    forget(new LibraryFailure('stopped'));
    old?.kill('SIGKILL');
  }

  return {
    pull: (seq, limit) => use({ kind: 'pull', seq, limit }),
    decrypt: (key, message) => use({ kind: 'decrypt', key, message }),
    stop() {
      stopped = true;
      close();
    },
  };
}
