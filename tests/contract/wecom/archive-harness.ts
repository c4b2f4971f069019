/** The archive's real adapter over the stand-in library in its child process, with the emulator's REST side. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgent } from '../../../adapters/wecom/agent.ts';
import { createArchive } from '../../../adapters/wecom/archive/index.ts';
import { createClient } from '../../../adapters/wecom/client.ts';
import { isRecord } from '../../../adapters/wecom/json.ts';
import type { Archive } from '../../../adapters/wecom/source.ts';
import { type ListeningWecomEmulator, startWecomEmulator } from '../../../sandbox/wecom/index.ts';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import type { ChannelEvent } from '../../../src/channel/event.ts';
import { compileStub } from '../../fixtures/wecom-archive-stub/compile.ts';
import { ownMeans } from '../../support/own-means.ts';

export const corpId = 'ww1234567890abcdef';
const archiveSecret = 'secret-of-the-archive';

export interface ArchiveDesk extends AsyncDisposable {
  readonly emulator: ListeningWecomEmulator;
  readonly archive: Archive;
  readonly lines: string[];
  readonly events: Map<string, InboundEvent>;
  /** How many pages were committed, and where the last one led. */
  readonly pages: { count: number; cursor: string | null; failures: number };
  /** Uploads a new public key; `keep` false leaves its private half out of our folder. */
  addKey(keep?: boolean): { version: number; pem: string };
  keepKey(version: number, pem: string): void;
  /** Writes what the library serves: the emulator's export, changed as wished. */
  serve(change?: (lines: string[]) => string[]): void;
  /** Everything stored, read back. */
  heard(): ChannelEvent[];
  words(): string[];
}

export async function openArchiveDesk(
  options: {
    readonly secret?: string;
    readonly lib?: string;
    readonly turn?: () => boolean;
    readonly pollMs?: number;
  } = {},
): Promise<ArchiveDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'wecom-archive-'));
  const [exported, served] = [join(folder, 'exported.jsonl'), join(folder, 'served.jsonl')];
  const emulator = await startWecomEmulator({
    corpId,
    agentId: 1000002,
    secret: 'secret-of-the-app',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    archive: { secret: archiveSecret },
    seed: 7,
  });
  emulator.world.addMember({ userid: 'zhangsan', name: '张三' });
  emulator.world.addMember({ userid: 'lisi', name: '李四' });
  emulator.archive.mirrorTo(exported);
  writeFileSync(served, '');
  process.env.WECOM_ARCHIVE_STUB_FILE = served;

  const events = new Map<string, InboundEvent>();
  const pages = { count: 0, cursor: null as string | null, failures: 0 };
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  const log = { info: write, warn: write };
  const agent = createAgent(emulator.apiBase, {});
  const client = createClient({ corpId, secret: archiveSecret, of: 'archive', apiBase: emulator.apiBase }, agent, {
    log,
    ...ownMeans(emulator.clock.now),
  });
  const archive = createArchive(
    { secret: options.secret ?? archiveSecret, privateKeysDir: folder, lib: options.lib ?? compileStub() },
    {
      corpId,
      now: emulator.clock.now,
      log,
      post: (path, body) => client.post(path, body),
      inbound: {
        store: async () => {},
        async storePage(page, { name, value }) {
          if (name !== 'archive') throw new Error(`a page of ${name}`);
          if (pages.failures > 0) {
            pages.failures -= 1;
            throw new Error('the database is away');
          }
          for (const event of page) if (!events.has(event.eventKey)) events.set(event.eventKey, event);
          pages.count += 1;
          pages.cursor = value;
        },
        cursor: async () => pages.cursor,
        takeTurn: async () => options.turn?.() ?? true,
        tap: async () => ({ notice: null, card: null }),
        isOurTenant: async () => true,
      },
    },
    options.pollMs ?? 60,
  );

  const keepKey = (version: number, pem: string): void => writeFileSync(join(folder, `${version}.pem`), pem);
  const heard = (): ChannelEvent[] =>
    [...events.values()].flatMap(({ payload }) => {
      const stored: unknown = JSON.parse(payload);
      const event = isRecord(stored) ? archive.normalise(stored) : null;
      return event ? [event] : [];
    });
  return {
    emulator,
    archive,
    lines,
    events,
    pages,
    keepKey,
    addKey(keep = true) {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const version = emulator.archive.addPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
      const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      if (keep) keepKey(version, pem);
      return { version, pem };
    },
    serve(change = (all) => all) {
      const all = readFileSync(exported, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      writeFileSync(
        served,
        change(all)
          .map((line) => `${line}\n`)
          .join(''),
      );
    },
    heard,
    words: () => heard().flatMap((event) => (event.type === 'message' ? [event.text] : [])),
    async [Symbol.asyncDispose]() {
      await archive.stop();
      agent.destroy();
      await emulator.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
