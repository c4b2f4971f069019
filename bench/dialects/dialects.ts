/** The platforms of the bench; another one adds a line here and an opener to the bare server. */
import type { Dialect, PlatformName } from './dialect.ts';
import { feishu } from './feishu.ts';
import { wecom } from './wecom.ts';

export const dialects: Readonly<Record<PlatformName, Dialect>> = { feishu, wecom };
