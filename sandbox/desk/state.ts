/** What the desk itself remembers: whose company a customer is from, how words were brought to us, and which tricks are on. */
import { randomUUID } from 'node:crypto';
import type { Company } from '../company.ts';
import type { Delivery } from '../feishu/index.ts';

export interface DeskState {
  readonly born: string;
  /** Company name by person. */
  readonly companies: Map<string, string>;
  /** By message; null when the platform pushed nothing. */
  readonly deliveries: Map<string, Delivery | null>;
  /** Words from before the bot was there: scenery, nobody asks what became of them. */
  readonly scenery: Set<string>;
  newcomers: number;
  copies: boolean;
  limit: boolean;
}

export function createState({ customers }: Company): DeskState {
  return {
    born: randomUUID(),
    companies: new Map([
      [customers.zhou.openId, '宁波恒锐机电'],
      [customers.han.openId, '苏州明远科技'],
      [customers.sun.openId, '东莞佳盛塑胶'],
    ]),
    deliveries: new Map(),
    scenery: new Set(),
    newcomers: 0,
    copies: false,
    limit: false,
  };
}
