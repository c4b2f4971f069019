/** The list of platforms; another one adds its import and one line here. */
import type { Platform } from '../src/channel/channel.ts';
import { dingtalk } from './dingtalk/index.ts';
import { feishu } from './feishu/index.ts';
import { wecom } from './wecom/index.ts';

export const platforms: readonly Platform[] = [feishu, wecom, dingtalk];
