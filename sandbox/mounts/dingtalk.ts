/** DingTalk in the sandbox: the emulator under a path of the sandbox's port, and the variables that connect the product to it. */
import { randomBytes } from 'node:crypto';
import {
  API_PATH,
  createDingtalkEmulator,
  type DingtalkEmulator,
  type DingtalkEmulatorOptions,
  LOGIN_PATH,
  OAPI_PATH,
  SCRIPT_PATH,
} from '../dingtalk/index.ts';
import { alphanumeric } from '../platform/secret.ts';
import type { MountOptions } from './feishu.ts';

export interface DingtalkMount {
  readonly path: string;
  readonly emulator: DingtalkEmulator;
  readonly environment: Readonly<Record<string, string>>;
}

const path = '/dingtalk-platform';

export function mountDingtalk({ url, now, given }: MountOptions<Partial<DingtalkEmulatorOptions>>): DingtalkMount {
  const keys = {
    clientId: `ding${randomBytes(8).toString('hex')}`,
    clientSecret: alphanumeric(64),
    corpId: `ding${randomBytes(16).toString('hex')}`,
    token: alphanumeric(24),
    aesKey: alphanumeric(43),
  };
  const emulator = createDingtalkEmulator({
    ...keys,
    mode: 'stream',
    callbackUrl: `${url}/callbacks/dingtalk`,
    origin: url,
    basePath: path,
    companyName: '海川精密',
    redirectUrls: [`${url}/app/enter/dingtalk`],
    now,
    ...given,
  });
  const { mode, openApiPerMonth, streamPerMonth } = emulator.options;
  return {
    path,
    emulator,
    environment: {
      DINGTALK_CLIENT_ID: keys.clientId,
      DINGTALK_CLIENT_SECRET: keys.clientSecret,
      DINGTALK_CORP_ID: keys.corpId,
      DINGTALK_MODE: mode,
      DINGTALK_TOKEN: keys.token,
      DINGTALK_AES_KEY: keys.aesKey,
      DINGTALK_API_BASE: `${url}${path}${API_PATH}`,
      DINGTALK_OAPI_BASE: `${url}${path}${OAPI_PATH}`,
      DINGTALK_LOGIN_BASE: `${url}${path}${LOGIN_PATH}`,
      DINGTALK_JS_SDK_URL: `${url}${path}${SCRIPT_PATH}`,
      DINGTALK_AGENT_ID: '3012345678',
      DINGTALK_MONTHLY_CALLS: String(openApiPerMonth),
      DINGTALK_MONTHLY_PUSHES: String(streamPerMonth),
    },
  };
}
