/** The desk on a sandbox: what it remembers, and the platforms that stand on it. */
import type { Sandbox } from '../start.ts';
import { dingtalkDesk } from './dingtalk/index.ts';
import { feishuDesk } from './feishu/index.ts';
import type { DeskPlatform } from './platform.ts';
import { createState, type DeskState } from './state.ts';
import { wecomDesk } from './wecom/index.ts';

export interface Desk {
  readonly sandbox: Sandbox;
  readonly state: DeskState;
  readonly platforms: readonly DeskPlatform[];
}

export function openDesk(sandbox: Sandbox): Desk {
  const state = createState();
  const platforms = [feishuDesk(sandbox, state)];
  if (sandbox.wecom) platforms.push(wecomDesk(sandbox, sandbox.wecom, state));
  if (sandbox.dingtalk) platforms.push(dingtalkDesk(sandbox, sandbox.dingtalk, state));
  return { sandbox, state, platforms };
}
