/** What one run of the load bench came to, and whether that is as promised. */
import type { Heard } from '../processes/platforms.ts';
import type { Audited } from './audit.ts';
import type { Waiting } from './backlog.ts';

export interface Figures {
  readonly instances: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly ackP99Ms: number;
  /** From the words to the card at the platform. */
  readonly effectP50Ms: number;
  readonly effectP99Ms: number;
  /** From the row in the inbox to the commit that settles it, of every message. */
  readonly handledP99Ms: number;
  /** Processor time per message, ms: all instances, the database's server, the load side. */
  readonly cpuPerMessageMs: { readonly product: number; readonly server: number; readonly load: number };
  /** Seconds of processor time of each instance. */
  readonly cpuSeconds: readonly number[];
  readonly peakMib: readonly number[];
  /** As the last word was said. */
  readonly backlog: Waiting;
  readonly lost: number;
  readonly doubled: number;
  readonly statementsPerMessage: number;
  readonly commitsPerMessage: number;
  readonly conflicts: number;
  readonly lateP99Ms: number;
  /** Why this rate is not sustained; empty when it is. */
  readonly faults: readonly string[];
}

const ACK_MS = 500;
const EFFECT_MS = 2_000;
/** What still waits at the end may be as much as came in so long. */
const BACKLOG_S = 2;
/** Words said later than this were not said at that rate. */
const LATE_MS = 250;

export function share(values: readonly number[], of: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
}

/** Why a run is no proof of its rate, in words; integrity first. */
export function faultsOf(figures: Omit<Figures, 'faults'>, heard: Heard, audited: Audited): string[] {
  const { ackP99Ms, effectP99Ms, backlog, perSecond, lateP99Ms, lost, doubled } = figures;
  const cards = Object.entries(cardFaults(heard));
  return [
    lost > 0 && `${lost} lost`,
    doubled > 0 && `${doubled} doubled`,
    audited.dead > 0 && `${audited.dead} set aside`,
    ...cards.map(([platform, words]) => `${platform}: ${words}`),
    heard.complaints.length > 0 && `${heard.complaints.length} complaints, such as ${heard.complaints[0]}`,
    heard.missing.length > 0 && `${heard.missing.length} cards never came`,
    heard.unheard.length > 0 && `${heard.unheard.length} never acknowledged`,
    heard.refused > 0 && `${heard.refused} pushes not acknowledged at once`,
    ackP99Ms >= ACK_MS && `ack p99 ${ackP99Ms.toFixed(0)} ms`,
    effectP99Ms >= EFFECT_MS && `card p99 ${effectP99Ms.toFixed(0)} ms`,
    backlog.inbox > perSecond * BACKLOG_S && `${backlog.inbox} messages waited at the end`,
    lateP99Ms > LATE_MS && `the load side was ${lateP99Ms.toFixed(0)} ms late`,
  ].filter((fault) => fault !== false);
}

/** Questions are cards of their own; moves go onto one card per owner. */
function cardFaults({ cards, owners, caused }: Heard): Record<string, string> {
  const wanted = { feishu: owners.feishu, wecom: caused.ask.length, dingtalk: owners.dingtalk };
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([platform, count]) => cards[platform as keyof typeof wanted] !== count)
      .map(([platform, count]) => [platform, `${cards[platform as keyof typeof wanted]} cards instead of ${count}`]),
  );
}
