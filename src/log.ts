/** The log: one JSON line per fact on standard output, never a secret, never message text. */
import { type DestinationStream, pino } from 'pino';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Fields are flat and scalar on purpose: an object could smuggle a payload into the log. */
export interface Log {
  debug(fields: LogFields, message: string): void;
  info(fields: LogFields, message: string): void;
  warn(fields: LogFields, message: string): void;
  error(fields: LogFields, message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** `to`: standard output unless told. */
export function createLog(level: LogLevel, to: DestinationStream = pino.destination(1)): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return pino(options, to);
}

/** Where an error came from: the nearest lines of its stack, without its message, which may quote values. */
export function whereFrom(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, MOST_FRAMES)
    .map((line) => line.trim());
}

const MOST_FRAMES = 6;

/** What may be said of an error in a log line: its class and code, and the message only of our own errors. */
export function describeError(error: unknown): { error: string; code: string | null } {
  if (!(error instanceof Error)) return { error: 'unknown', code: null };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? String(error.code) : null;
  return { error: error.name, code };
}
