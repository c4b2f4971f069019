/** Everything the set-up page shows, as it stands now; no secret is in it. */
import type { Platform } from '../channel/channel.ts';
import { countUngreeted } from '../crm/staff/greet.ts';
import type { Tx } from '../crm/tx.ts';
import type { SetupPlatformView, SetupView } from '../http/contract/setup.ts';
import { isInEnvironment, readStored, type StoredSettings } from '../settings.ts';
import { storedTrade } from './company.ts';
import type { SetupContext } from './context.ts';
import { adminsOf, readingOf } from './people.ts';
import { readRecords } from './stored.ts';

/** What this process knows beside the rows. */
export interface SetupMoment {
  /** It reads address books. */
  readonly reading: boolean;
  /** It is about to connect anew. */
  readonly anew: boolean;
}

const SUPERVISORS = 'supervisors';

export async function viewSetup(context: SetupContext, moment: SetupMoment): Promise<SetupView> {
  const { company, tenantId, env, settings, look, platforms } = context;
  const [name, rows] = await Promise.all([company.companyName(tenantId), company.settings(tenantId)]);
  const stored = readRecords(tenantId, rows, context.keyring.find());
  const fixedUrl = env['PUBLIC_URL']?.trim() || null;
  const publicUrl = (fixedUrl ?? stored.publicUrl)?.replace(/\/+$/, '') ?? null;
  return look(async (tx) => ({
    company: { name, trade: await storedTrade(tx) },
    policyFixed: settings.policyFile !== null,
    publicUrl: { value: publicUrl, fixed: fixedUrl !== null },
    platforms: platforms.map((platform) => viewPlatform(context, platform, stored, publicUrl, moment.anew)),
    people: {
      staff: (await tx.staff.list({ active: true })).length,
      departments: (await tx.department.list({ removedAt: null })).length,
      sync: await readingOf(tx, context, moment.reading),
    },
    admins: await adminsOf(tx),
    supervisorsGroup: await supervisorsGroup(tx, context),
    toGreet: await countUngreeted(tx),
  }));
}

function viewPlatform(
  { env, connected }: SetupContext,
  platform: Platform,
  stored: StoredSettings,
  publicUrl: string | null,
  anew: boolean,
): SetupPlatformView {
  const { name, label, form } = platform;
  const record = stored.platforms[name] ?? {};
  const fixed = isInEnvironment(platform, env);
  const told = fixed ? env : record;
  const channel = connected.find((one) => one.channel.platform === name)?.channel;
  const source = fixed ? 'environment' : Object.keys(record).length > 0 ? 'stored' : 'none';
  const takesCallbacks = channel === undefined || channel.callback !== null;
  return {
    name,
    label,
    source,
    ...(source === 'stored' && anew ? { status: 'connecting', detail: null } : stateOf()),
    fields: form.fields.map((field) => {
      const value = told[field.variable]?.trim() || null;
      return { ...field, value: field.secret ? null : value, filled: value !== null };
    }),
    callbackUrl: publicUrl && takesCallbacks ? `${publicUrl}/callbacks/${name}` : null,
    pageUrl: publicUrl && publicUrl + form.pagePath,
  };

  function stateOf(): Pick<SetupPlatformView, 'status' | 'detail'> {
    if (source === 'none') return { status: null, detail: null };
    if (channel) {
      const { status, detail } = channel.state();
      return { status, detail };
    }
    const reading = readStored(platform, env, record);
    const faults = reading.ok ? ['已保存，重启聊单后接通。'] : reading.faults.map(({ message }) => message);
    return { status: 'failed', detail: faults.join('') };
  }
}

async function supervisorsGroup(tx: Tx, { connected }: SetupContext): Promise<SetupView['supervisorsGroup']> {
  const group = await tx.namedGroup.get(SUPERVISORS);
  const chat = group && (await tx.chat.get(group.chatId));
  if (!chat) return null;
  const platform = connected.find(({ account }) => account.id === chat.accountId)?.account.platform ?? '';
  return { name: chat.name, platform };
}
