/** Feishu in the sandbox: the emulator under a path of the sandbox's port, and the variables that connect the product to it. */
import { randomBytes } from 'node:crypto';
import { createFeishuEmulator, type FeishuEmulator, type FeishuEmulatorOptions, SCRIPT_PATH } from '../feishu/index.ts';

export interface MountOptions<Given> {
  /** Origin of the sandbox. */
  readonly url: string;
  readonly now: () => number;
  readonly given: Given;
}

export interface FeishuMount {
  readonly path: string;
  readonly emulator: FeishuEmulator;
  readonly environment: Readonly<Record<string, string>>;
}

const path = '/feishu-platform';

export function mountFeishu(
  options: MountOptions<Partial<FeishuEmulatorOptions>> & { readonly mode: 'webhook' | 'websocket' },
): FeishuMount {
  const { url, now, mode } = options;
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  const keys = {
    appId: `cli_${secret(8)}`,
    appSecret: secret(16),
    encryptKey: secret(16),
    verificationToken: secret(16),
  };
  return {
    path,
    emulator: createFeishuEmulator({
      ...keys,
      tenantKey: secret(8),
      mode,
      callbackUrl: `${url}/callbacks/feishu`,
      basePath: path,
      companyName: '海川精密',
      redirectUrls: [`${url}/app/enter/feishu`],
      now,
      clientConfig: { ReconnectInterval: 1, ReconnectNonce: 0 },
      ...options.given,
    }),
    environment: {
      FEISHU_APP_ID: keys.appId,
      FEISHU_APP_SECRET: keys.appSecret,
      FEISHU_ENCRYPT_KEY: keys.encryptKey,
      FEISHU_VERIFICATION_TOKEN: keys.verificationToken,
      FEISHU_MODE: mode,
      FEISHU_API_BASE: `${url}${path}`,
      FEISHU_ACCOUNTS_BASE: `${url}${path}`,
      FEISHU_JS_SDK_URL: `${url}${path}${SCRIPT_PATH}`,
    },
  };
}
