/** The platforms that the bare server can open pushes of. Each is made of the secrets of its dialect. */
import type { PlatformName } from '../dialects/dialect.ts';
import { createFeishuOpener } from './feishu.ts';
import type { Opener } from './opener.ts';
import { createWecomOpener } from './wecom.ts';

interface OpenerKind {
  make(secrets: unknown): Opener;
}

export const openers: Readonly<Record<PlatformName, OpenerKind>> = {
  feishu: { make: createFeishuOpener },
  wecom: { make: createWecomOpener },
};
