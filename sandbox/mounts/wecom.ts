/** WeCom in the sandbox: the emulator under a path of the sandbox's port, and the variables that connect the product to it. */
import { generateKeyPairSync, type KeyPairKeyObjectResult, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alphanumeric } from '../platform/secret.ts';
import { moduleSource } from '../wecom/archive/library.ts';
import {
  BOT_PATH,
  createWecomEmulator,
  SCRIPT_PATH,
  type WecomEmulator,
  type WecomEmulatorOptions,
} from '../wecom/index.ts';
import type { MountOptions } from './feishu.ts';

export interface WecomMount {
  readonly path: string;
  readonly emulator: WecomEmulator;
  readonly environment: Readonly<Record<string, string>>;
}

const path = '/wecom-platform';

/** `folder`: where the archive's keys and export may lie. */
export function mountWecom(
  options: MountOptions<Partial<WecomEmulatorOptions>> & { readonly folder: string },
): WecomMount {
  const { url, now, given, folder } = options;
  const keys = {
    corpId: `ww${randomBytes(8).toString('hex')}`,
    agentId: 1_000_002,
    secret: alphanumeric(43),
    token: alphanumeric(32),
    aesKey: alphanumeric(43),
  };
  const bot = { id: `aib${alphanumeric(20)}`, secret: alphanumeric(43), name: '聊单' };
  const archiveSecret = alphanumeric(43);
  const emulator = createWecomEmulator({
    ...keys,
    bot,
    archive: { secret: archiveSecret },
    callbackUrl: `${url}/callbacks/wecom`,
    basePath: path,
    companyName: '海川精密',
    trustedHost: new URL(url).host,
    now,
    ...given,
  });
  return {
    path,
    emulator,
    environment: {
      ...archiveEnvironment(emulator, archiveSecret, folder),
      WECOM_CORP_ID: keys.corpId,
      WECOM_AGENT_ID: String(keys.agentId),
      WECOM_SECRET: keys.secret,
      WECOM_TOKEN: keys.token,
      WECOM_AES_KEY: keys.aesKey,
      WECOM_API_BASE: `${url}${path}`,
      WECOM_OAUTH_BASE: `${url}${path}`,
      WECOM_LOGIN_BASE: `${url}${path}`,
      WECOM_JS_SDK_URL: `${url}${path}${SCRIPT_PATH}`,
      WECOM_BOT_ID: bot.id,
      WECOM_BOT_SECRET: bot.secret,
      WECOM_BOT_URL: `${url.replace(/^http/, 'ws')}${path}${BOT_PATH}`,
    },
  };
}

/** Takes longer than all the rest of a sandbox: one for all sandboxes of a process. */
let pair: KeyPairKeyObjectResult | null = null;

/** The archive's key, the export it keeps up to date, and the library that serves it. */
function archiveEnvironment(emulator: WecomEmulator, secret: string, folder: string): Readonly<Record<string, string>> {
  const keys = join(folder, 'archive-keys');
  mkdirSync(keys);
  pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  const version = emulator.archive.addPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  writeFileSync(join(keys, `${version}.pem`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  const [exported, library] = [join(folder, 'archive.jsonl'), join(folder, 'archive-library.mjs')];
  emulator.archive.mirrorTo(exported);
  writeFileSync(library, moduleSource(exported));
  return { WECOM_ARCHIVE_SECRET: secret, WECOM_ARCHIVE_PRIVATE_KEYS_DIR: keys, WECOM_ARCHIVE_LIB: library };
}
