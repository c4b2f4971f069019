/** A deal with its chat, as platforms and CRM both know it. */
import type { LoadPlatform } from './mix.ts';

interface Named {
  /** As the platform's events carry it. */
  readonly id: string;
  readonly name: string;
}

export interface Room {
  readonly platform: LoadPlatform;
  /** Stands in the name of the deal, and so on every card about it. */
  readonly code: string;
  readonly owner: Named;
  /** Null on DingTalk, where customers are not heard. */
  readonly customer: Named | null;
  readonly chat: Named;
}

/** As cards carry it. */
export const CODE = /LD\d{6}/g;

export const codeOf = (n: number): string => `LD${String(n).padStart(6, '0')}`;
