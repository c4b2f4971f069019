/** What the set-up page was told, as rows of `setting`: the public address in clear, each platform's variables sealed. */
import type { Tx } from '../crm/tx.ts';
import { StartError } from '../errors.ts';
import { seal, unseal } from '../sealing.ts';
import type { StoredSettings } from '../settings.ts';

/** Variable → value of one platform. */
export type PlatformRecord = Readonly<Record<string, string>>;

export const PUBLIC_URL = 'public_url';
const PLATFORM = 'platform.';

/** Puts a setting in the place of what was there. */
export async function putSetting(tx: Tx, id: string, value: string): Promise<void> {
  const row = { value, updatedAt: tx.now };
  if (await tx.setting.insertIfNew({ id, ...row })) return;
  await tx.setting.update({ id }, row);
}

export async function putRecord(tx: Tx, key: Buffer, platform: string, record: PlatformRecord): Promise<void> {
  await putSetting(tx, PLATFORM + platform, seal(key, JSON.stringify(record), placeOf(tx.tenantId, platform)));
}

export async function removeRecord(tx: Tx, platform: string): Promise<void> {
  await tx.setting.remove({ id: PLATFORM + platform });
}

/** Forgets every sealed record: the way out when the key is lost. Returns how many there were. */
export async function removeRecords(tx: Tx): Promise<number> {
  const sealed = (await tx.setting.list({})).filter(({ id }) => id.startsWith(PLATFORM));
  for (const { id } of sealed) await tx.setting.remove({ id });
  return sealed.length;
}

/** Throws StartError when the key is missing or does not fit. */
export function readRecords(tenantId: string, rows: ReadonlyMap<string, string>, key: Buffer | null): StoredSettings {
  const platforms: Record<string, PlatformRecord> = {};
  for (const [id, value] of rows) {
    if (!id.startsWith(PLATFORM)) continue;
    const name = id.slice(PLATFORM.length);
    platforms[name] = open(key, value, placeOf(tenantId, name));
  }
  return { publicUrl: rows.get(PUBLIC_URL) ?? null, platforms };
}

const placeOf = (tenantId: string, platform: string): string => `${tenantId}:${PLATFORM}${platform}`;

const FORGET = '密钥找不回来时，运行 npm run crm -- setup --forget 清除存下的平台设置，再到设置页重新填写。';

function open(key: Buffer | null, sealed: string, place: string): PlatformRecord {
  if (key === null) {
    throw new StartError(
      'secret_key',
      `设置页存下的平台密钥打不开：没有找到密钥。请把原来的 secret.key 放回数据目录，或在 .env 填回原来的 SECRET_KEY。${FORGET}`,
    );
  }
  const text = unseal(key, sealed, place);
  if (text === null) {
    throw new StartError(
      'secret_key',
      `设置页存下的平台密钥打不开：SECRET_KEY（或数据目录里的 secret.key）不是当初的那个。请换回原来的。${FORGET}`,
    );
  }
  return JSON.parse(text) as PlatformRecord;
}
