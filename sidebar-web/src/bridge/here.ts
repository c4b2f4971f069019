/** The bridge to the client that shows this page, fetched when it is wanted: a page carries one client's, not four. */
import { server } from '../api/server.ts';
import type { Bridge } from './bridge.ts';
import { type Client, clientHere } from './client.ts';

const makers: Readonly<Record<Client, () => Promise<Bridge>>> = {
  feishu: async () => (await import('./feishu.ts')).createFeishuBridge(server),
  dingtalk: async () => (await import('./dingtalk.ts')).createDingtalkBridge(server),
  wecom: async () => (await import('./wecom.ts')).createWecomBridge(server),
  plain: async () => (await import('./plain.ts')).createPlainBridge(),
};

let made: Promise<Bridge> | null = null;

/** One for the page. Rejects when its code could not be fetched; another call tries again. */
export function bridgeHere(): Promise<Bridge> {
  made ??= makers[clientHere()]().catch((error: unknown) => {
    made = null;
    throw error;
  });
  return made;
}
