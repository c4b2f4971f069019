/** Reads the variables of the parts that a company may have or not: the AI bot and the archive. */
import { existsSync, readdirSync } from 'node:fs';
import type { RootFile } from '../../src/channel/channel.ts';
import { readAddress } from './address.ts';
import { officialBotUrl, type Variable } from './setting-words.ts';

export interface BotSettings {
  readonly id: string;
  readonly secret: string;
  /** Where its WebSocket is, without a slash at the end. */
  readonly url: string;
}

export interface ArchiveSettings {
  readonly secret: string;
  /** One PEM file per key version, named by it: `1.pem`. */
  readonly privateKeysDir: string;
  /** The vendor's native library. */
  readonly lib: string;
}

/** The 消息推送 (formerly 群机器人) of one internal group. */
export interface GroupWebhook {
  /** How people call the group; our name for it. */
  readonly name: string;
  readonly key: string;
}

/** What the readers of one variable each share. */
export interface SettingReader {
  /** As it was written, blanks included; empty when absent. */
  raw(variable: Variable): string;
  fault(variable: Variable, kind: 'missing' | 'wrong'): void;
  /** A required secret: a fault when it is missing or has blanks in it. */
  secret(variable: Variable): string;
}

export function readBot({ raw, fault, secret }: SettingReader): BotSettings | null {
  if (raw('WECOM_BOT_ID').trim() === '' && raw('WECOM_BOT_SECRET').trim() === '') return null;
  const url = readAddress(raw('WECOM_BOT_URL'), officialBotUrl, 'ws');
  if (url === null) fault('WECOM_BOT_URL', 'wrong');
  return { id: secret('WECOM_BOT_ID'), secret: secret('WECOM_BOT_SECRET'), url: url ?? officialBotUrl };
}

/**
 * `WW_verify_AbCd1234.txt`, or `name=content` where the file holds something else than its name says. The platform hands
 * out a file whose words are what stands in its name: the name is all that has to be copied.
 */
export function readVerifyFile({ raw, fault }: SettingReader): RootFile | null {
  const written = raw('WECOM_VERIFY_FILE').trim();
  if (written === '') return null;
  const [, name, token, content] = /^((?:WW|MP)_verify_([0-9A-Za-z]{4,64})\.txt)(?:=(\S{1,200}))?$/.exec(written) ?? [];
  if (name === undefined || token === undefined) {
    fault('WECOM_VERIFY_FILE', 'wrong');
    return null;
  }
  return { name, content: content ?? token };
}

/** The files are looked for now, so that a wrong path is said at the start and not at the first message. */
export function readArchive({ raw, fault, secret }: SettingReader): ArchiveSettings | null {
  const paths = ['WECOM_ARCHIVE_PRIVATE_KEYS_DIR', 'WECOM_ARCHIVE_LIB'] as const;
  if ([...paths, 'WECOM_ARCHIVE_SECRET' as const].every((name) => raw(name).trim() === '')) return null;
  const [privateKeysDir, lib] = paths.map((name) => raw(name).trim());
  if (!privateKeysDir) fault('WECOM_ARCHIVE_PRIVATE_KEYS_DIR', 'missing');
  else if (!hasKeys(privateKeysDir)) fault('WECOM_ARCHIVE_PRIVATE_KEYS_DIR', 'wrong');
  if (!lib) fault('WECOM_ARCHIVE_LIB', 'missing');
  else if (!existsSync(lib)) fault('WECOM_ARCHIVE_LIB', 'wrong');
  return { secret: secret('WECOM_ARCHIVE_SECRET'), privateKeysDir: privateKeysDir ?? '', lib: lib ?? '' };
}

const longestName = 40;

/** `群名=key` or `群名=address`, separated by commas; none is an empty list. Names are unique. */
export function readWebhooks({ raw, fault }: SettingReader): readonly GroupWebhook[] {
  const entries = raw('WECOM_GROUP_WEBHOOKS')
    .split(/[,，]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  const webhooks = entries.flatMap((entry) => {
    const at = entry.indexOf('=');
    const [name, key] = [entry.slice(0, Math.max(at, 0)).trim(), webhookKey(entry.slice(at + 1).trim())];
    return name === '' || name.length > longestName || key === null ? [] : [{ name, key }];
  });
  const sound = webhooks.length === entries.length && new Set(webhooks.map(({ name }) => name)).size === entries.length;
  if (!sound) fault('WECOM_GROUP_WEBHOOKS', 'wrong');
  return webhooks;
}

/** Out of the whole address as the client copies it, or the key alone; null when it is neither. */
function webhookKey(written: string): string | null {
  const isAddress = /^https?:/.test(written);
  const url = isAddress && URL.canParse(written) ? new URL(written) : null;
  const key = isAddress ? url?.pathname.endsWith('/cgi-bin/webhook/send') && url.searchParams.get('key') : written;
  return key && /^[0-9A-Za-z-]{16,64}$/.test(key) ? key : null;
}

function hasKeys(directory: string): boolean {
  try {
    return readdirSync(directory).some((name) => /^\d+\.pem$/.test(name));
  } catch {
    return false;
  }
}
