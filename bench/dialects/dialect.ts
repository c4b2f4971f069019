/** What the bench has to know of a platform, so that everything else is measured the same way on each. */
import type { RequestListener } from 'node:http';
import type { LoadOptions, LoadResult } from '../../sandbox/platform/burst.ts';

export type PlatformName = 'feishu' | 'wecom';

export interface Dialect<Secrets = unknown> {
  /** Random per run, so that nothing in the bench depends on a known key. Plain data: it travels between processes. */
  makeSecrets(hex: (digits: number) => string): Secrets;
  /** Variables of the product's environment. */
  env(secrets: Secrets, apiBase: string): Readonly<Record<string, string>>;
  /** A company with so many deals. Equal arguments give equal ids in every process. */
  makeWorld(secrets: Secrets, deals: number): World;
}

export interface World {
  /** The platform's API. */
  readonly handle: RequestListener;
  readonly colleagues: readonly Person[];
  readonly deals: readonly Deal[];
  /** Seals one new message per line ahead, then sends them to a callback address. */
  push(url: string, lines: readonly Line[], options: LoadOptions): Promise<LoadResult>;
  close(): Promise<void>;
}

/** `id` as the platform's events carry it; a chat's as the adapter names it. */
interface Named {
  readonly id: string;
  readonly name: string;
}

export type Person = Named;

/** A colleague and a customer with a chat of theirs. */
export interface Deal {
  readonly owner: Person;
  readonly customer: Person;
  readonly chat: Named;
}

/** Something said in the matter of a deal. */
export interface Line {
  readonly deal: Deal;
  readonly text: string;
}

/** Of every world. */
export const SEED = 20_260_101;
