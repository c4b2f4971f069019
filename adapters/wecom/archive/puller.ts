/** Pulls the archive from where it was left: woken by the platform and by the clock, one puller among all instances. */
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';
import { createCautiousPull } from './cautious.ts';
import type { Consent } from './consent.ts';
import { type ArchiveProblem, ArchiveRefusal, expired, explainArchive } from './failures.ts';
import type { Records } from './records.ts';
import { siftMessages } from './sift.ts';

export interface Puller {
  start(): Promise<void>;
  stop(): Promise<void>;
  wake(): void;
  problem(): Pick<ArchiveProblem, 'status' | 'detail'> | null;
}

export interface PullerParts {
  readonly inbound: Pick<Inbound, 'storePage' | 'cursor' | 'takeTurn'>;
  readonly records: Records;
  readonly consent: Consent;
  readonly log: ChannelLog;
  readonly pollMs: number;
}

const source = 'archive';
const leaseMs = 120_000;
/** 4,000 calls a minute are allowed, by older pages 600 [D:91774]. */
const betweenPagesMs = 110;
const longestWaitMs = 10 * 60_000;

export function createPuller(parts: PullerParts): Puller {
  const { inbound, log } = parts;
  const pullPage = createCautiousPull(parts.records);
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let problem: ArchiveProblem | null = null;
  let failures = 0;
  let withoutConsent = 0;
  let unreadable = 0;

  /** One page, committed with its place. True when more may be waiting. */
  async function onePage(): Promise<boolean> {
    const seq = (await inbound.cursor(source)) ?? '0';
    const page = await pullPage(seq).catch(async (error: unknown) => {
      // Older than five days: 0 leads to the oldest record still held, and what is known already is not stored twice.
      if (!(error instanceof ArchiveRefusal) || error.code !== expired || seq === '0') throw error;
      await inbound.storePage([], { name: source, value: '0' });
      throw error;
    });
    const sifted = await siftMessages(page.messages, parts.consent);
    if (stopped) return false;
    if (page.seq !== seq) await inbound.storePage(sifted.events, { name: source, value: page.seq });
    withoutConsent += sifted.withoutConsent;
    unreadable += page.unreadable;
    problem = page.stoppedAtKey === null ? null : missingKey(page.stoppedAtKey);
    return page.full;
  }

  async function run(): Promise<void> {
    try {
      let more = true;
      while (more && !stopped) {
        const ours = await inbound.takeTurn(source, leaseMs);
        if (!ours) problem = null;
        more = ours && (await onePage());
        if (more) await new Promise((resolve) => setTimeout(resolve, betweenPagesMs));
      }
      failures = 0;
      plan(problem === null ? parts.pollMs : problem.waitMs);
      // The next notice may reach another instance: let it pull.
      await inbound.takeTurn(source, 0);
    } catch (error) {
      if (!stopped) failed(error);
    }
  }

  function failed(error: unknown): void {
    problem = explainArchive(error);
    const waitMs = Math.min(problem.waitMs * 2 ** Math.min(failures, 6), longestWaitMs);
    failures += 1;
    const code = error instanceof ArchiveRefusal ? error.code : null;
    const name = error instanceof Error ? error.name : 'unknown';
    log.warn({ error: name, code, retryInMs: waitMs }, 'wecom archive not pulled');
    plan(waitMs);
  }

  function plan(waitMs: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = stopped ? null : setTimeout(go, waitMs);
  }

  function go(): void {
    if (stopped) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = null;
      if (again && failures === 0) {
        again = false;
        go();
      }
    });
  }

  return {
    async start() {
      go();
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
    /** While something is wrong the pause is kept: a notice does not mend it. */
    wake() {
      if (failures === 0) go();
    },
    problem() {
      if (problem !== null) return { status: problem.status, detail: problem.detail };
      if (unreadable > 0)
        return { status: 'degraded', detail: `有 ${unreadable} 条会话记录解不开，已跳过：请检查私钥是否齐全。` };
      return withoutConsent > 0
        ? { status: 'ready', detail: `有 ${withoutConsent} 条消息没有保存，因为客户还没有同意存档。` }
        : null;
    },
  };
}

function missingKey(version: number): ArchiveProblem {
  const detail = `解不开会话记录：缺少第 ${version} 版公钥对应的私钥，或私钥不对。请把它放进 WECOM_ARCHIVE_PRIVATE_KEYS_DIR，文件名 ${version}.pem，之后会自动接着取（5 天内有效）。`;
  return { status: 'failed', detail, waitMs: 30_000 };
}
