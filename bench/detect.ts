/** How many chat lines a second one core judges with a thousand phrases in force, normalisation included. */

import type { SignalDetector } from '../src/crm/signal/detect/index.ts';
import { activate, starterDocument } from '../src/policies.ts';
import { type Line, readLines } from './lines.ts';
import { type Spread, spread } from './spread.ts';

export interface DetectResult {
  readonly perSecond: Spread;
  /** Phrases of all rules together. */
  readonly phrases: number;
  readonly lines: number;
}

/** A policy smaller than this would flatter us. */
const PHRASES = 1_000;
const ROUNDS = 7;
const WARM_UP = 2;
const ROUND_MS = 500;

export function benchDetect(): DetectResult {
  const { policy, detector } = activate(1, starterDocument());
  const phrases = policy.signals.rules.reduce((sum, rule) => sum + rule.any.length, 0);
  if (phrases < PHRASES) throw new Error(`the starter policy has only ${phrases} phrases`);
  const lines = readLines();
  const rates: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const rate = judge(detector, lines);
    if (round >= WARM_UP) rates.push(rate);
  }
  return { perSecond: spread(rates), phrases, lines: lines.length };
}

/** Lines per second of processor time, so that whatever else the machine does is not held against us. */
function judge(detector: SignalDetector, lines: readonly Line[]): number {
  const start = process.cpuUsage();
  const usedMs = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  let judged = 0;
  while (usedMs() < ROUND_MS) {
    for (const line of lines) detector.detect(line);
    judged += lines.length;
  }
  return (judged / usedMs()) * 1000;
}
