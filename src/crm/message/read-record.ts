/** Reads a chat record that somebody handed over: who said each line, and what the words tell. */
import type { HandedLine } from '../../channel/event.ts';
import { fitName } from '../names.ts';
import type { PendingFinding } from '../rows/words.ts';
import { parseRecord } from '../signal/record/parse-record.ts';
import { pendingFinding } from '../signal/record-decision.ts';
import type { Tx } from '../tx.ts';

export interface SpokenLine {
  readonly speaker: 'customer' | 'staff';
  readonly name: string | null;
  readonly text: string;
}

/** The last line of each signal counts: a record is read as one conversation, with what went before as context. */
export function judgeLines(tx: Tx, lines: readonly SpokenLine[]): readonly PendingFinding[] {
  const bySignal = new Map<string, PendingFinding>();
  lines.forEach((line, index) => {
    const recent = lines.slice(Math.max(0, index - 3), index).map(({ speaker, text }) => ({ speaker, text }));
    for (const finding of tx.active.detector.detect({ speaker: line.speaker, text: line.text, recent })) {
      bySignal.set(
        finding.signal,
        pendingFinding(finding, { text: line.text, speakerName: line.name, messageId: null }),
      );
    }
  });
  return [...bySignal.values()];
}

/** A longer record would keep everybody else waiting: 16,000 lines take a second to judge. What was said last counts. */
const MOST_LINES = 2_000;

/** Named like one of us: our side said it. Everyone else, and words without a name, are the customer's. The last lines of a long record. */
export async function spokenLines(tx: Tx, handed: readonly HandedLine[]): Promise<SpokenLine[]> {
  const names = new Set((await tx.staff.list({ active: true })).map((staff) => staff.name));
  const out: SpokenLine[] = [];
  for (const line of handed) {
    const parts =
      line.speakerName === null && line.speaker === null
        ? parseRecord(line.text)
        : [{ speakerName: line.speakerName, text: line.text }];
    for (const part of parts) {
      const ours = line.speaker?.internal ?? (part.speakerName !== null && names.has(part.speakerName));
      out.push({
        speaker: ours ? 'staff' : 'customer',
        name: part.speakerName && fitName(part.speakerName),
        text: part.text,
      });
    }
  }
  return out.slice(-MOST_LINES);
}
