/** Keeps what was told about a platform, once the platform's own reader finds nothing wrong with it. */
import type { Platform } from '../channel/channel.ts';
import { writeAudit } from '../crm/audit/audit.ts';
import { StartError } from '../errors.ts';
import type { SettingFaultView } from '../http/contract/setup.ts';
import type { Keyring } from '../secret-key.ts';
import { isInEnvironment, readStored } from '../settings.ts';
import type { SetupChange, SetupContext } from './context.ts';
import { type PlatformRecord, putRecord, readRecords, removeRecord } from './stored.ts';

/** What is not among `values` stays as it was; an empty word takes it away. */
export async function savePlatform(
  context: SetupContext,
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<SetupChange> {
  const { env, tenantId, company, transact } = context;
  const platform = find(context, name);
  if (!platform) return { ok: false, reason: 'not_found' };
  if (isInEnvironment(platform, env)) return { ok: false, reason: 'in_environment' };
  const ring = keyOf(context.keyring);
  if (!ring.ok) return ring;
  const before = readRecords(tenantId, await company.settings(tenantId), ring.key).platforms[name] ?? {};
  const record = merge(before, values);
  const faults = [...strange(platform, values), ...faultsOf(context, platform, record)];
  if (faults.length > 0) return { ok: false, reason: 'bad_settings', faults };
  const fields = Object.keys(values);
  await transact(async (tx) => {
    await putRecord(tx, ring.key, name, record);
    await writeAudit(tx, null, [{ action: 'platform.save', entity: 'setting', entityId: name, detail: { fields } }]);
  });
  return { ok: true, anew: true };
}

export async function forgetPlatform(context: SetupContext, name: string): Promise<SetupChange> {
  const platform = find(context, name);
  if (!platform) return { ok: false, reason: 'not_found' };
  if (isInEnvironment(platform, context.env)) return { ok: false, reason: 'in_environment' };
  await context.transact(async (tx) => {
    await removeRecord(tx, name);
    await writeAudit(tx, null, [{ action: 'platform.forget', entity: 'setting', entityId: name }]);
  });
  return { ok: true, anew: context.connected.some(({ channel }) => channel.platform === name) };
}

const find = ({ platforms }: SetupContext, name: string): Platform | undefined =>
  platforms.find((platform) => platform.name === name);

/** A blank at either end came along when it was copied; one inside is for the platform's reader to complain about. */
function merge(before: PlatformRecord, values: Readonly<Record<string, string>>): PlatformRecord {
  const said = Object.entries(values).map(([variable, value]) => [variable, value.trim()] as const);
  const all = { ...before, ...Object.fromEntries(said) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function strange({ form }: Platform, values: Readonly<Record<string, string>>): SettingFaultView[] {
  const known = new Set(form.fields.map(({ variable }) => variable));
  return Object.keys(values)
    .filter((variable) => !known.has(variable))
    .map((variable) => ({ variable, message: '设置页没有这一项；需要时请写进 .env。' }));
}

function faultsOf({ env }: SetupContext, platform: Platform, record: PlatformRecord): SettingFaultView[] {
  const reading = readStored(platform, env, record);
  if (!reading.ok) return reading.faults.map(({ variable, message }) => ({ variable, message }));
  if (reading.settings !== null) return [];
  const missing = platform.form.fields.filter(({ required }) => required);
  return missing.map(({ variable, label }) => ({ variable, message: `请填写${label}。` }));
}

function keyOf(keyring: Keyring): { ok: true; key: Buffer } | (SetupChange & { ok: false }) {
  try {
    return { ok: true, key: keyring.obtain().key };
  } catch (error) {
    if (error instanceof StartError) return { ok: false, reason: 'no_key', detail: error.message };
    throw error;
  }
}
