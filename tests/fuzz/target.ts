/** What is fuzzed: one decoder, the inputs it is tried on, and what must hold of every one of them. */
import type fc from 'fast-check';

export interface Running<T> {
  /** Throws, or rejects, when something does not hold. */
  try(input: T): void | Promise<void>;
  /** Throws when something does not hold of all the inputs together. */
  close?(): Promise<void>;
}

export interface Target<T = unknown> {
  readonly name: string;
  /** Its share of the inputs, beside the shares of the others. */
  readonly share: number;
  readonly inputs: fc.Arbitrary<T>;
  /** May start a server; `try` is called until `close`. */
  open(): Running<T> | Promise<Running<T>>;
}

/** Lets a list hold targets whose inputs differ. */
export const target = <T>(one: Target<T>): Target => one as Target;

/** A broken assumption of the code is a fault, whoever would catch it further up; a decoder's own refusal is none. */
const BROKEN = [TypeError, RangeError, ReferenceError, URIError, EvalError];

/** What the decoder gives; null when it refuses by an error of a declared kind. */
export function orRefusal<T>(decode: () => T): T | null {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof Error) || BROKEN.some((kind) => error instanceof kind)) throw error;
    return null;
  }
}

/** Says what does not hold. */
export function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}
