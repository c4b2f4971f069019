/** The bridge of the page 加入聊单, which only two clients open. */
import type { Server } from '../api/server.ts';
import type { HandOverBridge } from './bridge.ts';
import { clientHere } from './client.ts';
import { createDingtalkBridge } from './dingtalk.ts';
import { createFeishuBridge } from './feishu.ts';

export function createHandOverBridge(server: Server): HandOverBridge {
  return clientHere() === 'dingtalk' ? createDingtalkBridge(server) : createFeishuBridge(server);
}
