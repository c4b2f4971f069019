/** WeCom in the sandbox: the emulator under a path of the sandbox's port, and the variables that connect the product to it. */
import { randomBytes, randomInt } from 'node:crypto';
import { BOT_PATH, createWecomEmulator, type WecomEmulator, type WecomEmulatorOptions } from '../wecom/index.ts';
import type { MountOptions } from './feishu.ts';

export interface WecomMount {
  readonly path: string;
  readonly emulator: WecomEmulator;
  readonly environment: Readonly<Record<string, string>>;
}

const path = '/wecom-platform';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export function mountWecom({ url, now, given }: MountOptions<Partial<WecomEmulatorOptions>>): WecomMount {
  const secret = (length: number) =>
    Array.from({ length }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');
  const keys = {
    corpId: `ww${randomBytes(8).toString('hex')}`,
    agentId: 1_000_002,
    secret: secret(43),
    token: secret(32),
    aesKey: secret(43),
  };
  const bot = { id: `aib${secret(20)}`, secret: secret(43) };
  return {
    path,
    emulator: createWecomEmulator({
      ...keys,
      bot,
      callbackUrl: `${url}/callbacks/wecom`,
      basePath: path,
      companyName: '海川精密',
      now,
      ...given,
    }),
    environment: {
      WECOM_CORP_ID: keys.corpId,
      WECOM_AGENT_ID: String(keys.agentId),
      WECOM_SECRET: keys.secret,
      WECOM_TOKEN: keys.token,
      WECOM_AES_KEY: keys.aesKey,
      WECOM_API_BASE: `${url}${path}`,
      WECOM_BOT_ID: bot.id,
      WECOM_BOT_SECRET: bot.secret,
      WECOM_BOT_URL: `${url.replace(/^http/, 'ws')}${path}${BOT_PATH}`,
    },
  };
}
