/** The bridge to the client that shows this page. */
import type { Server } from '../api/server.ts';
import type { Bridge } from './bridge.ts';
import { clientHere } from './client.ts';
import { createDingtalkBridge } from './dingtalk.ts';
import { createFeishuBridge } from './feishu.ts';

export function createBridge(server: Server): Bridge {
  return clientHere() === 'dingtalk' ? createDingtalkBridge(server) : createFeishuBridge(server);
}
