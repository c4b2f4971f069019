/** Set-up as its routes see it: what may be asked and changed until it is finished. */
import { bad, type Finding, good, unknown } from '../channel/doctor.ts';
import { writeAudit } from '../crm/audit/audit.ts';
import { greetEverybody, spareGreetings } from '../crm/staff/greet.ts';
import type { SetupCompanyBody, SetupPeopleView, SetupView } from '../http/contract/setup.ts';
import { describeError } from '../log.ts';
import { saveCompany, storedTrade } from './company.ts';
import type { SetupChange, SetupContext } from './context.ts';
import { type Entering, enterSetup, finishSetup, isInside, isOpen } from './gate.ts';
import { adminsOf, idOnPlatform, listPeople, setAdmins } from './people.ts';
import { forgetPlatform, savePlatform } from './platform-accounts.ts';
import { viewSetup } from './view.ts';

export interface Setup {
  isOpen(): Promise<boolean>;
  enter(code: string): Promise<Entering>;
  /** True for the token of whoever came in by the code that counts now. */
  isInside(token: string): Promise<boolean>;
  view(): Promise<SetupView>;
  saveCompany(said: SetupCompanyBody): Promise<SetupChange>;
  savePlatform(name: string, values: Readonly<Record<string, string>>): Promise<SetupChange>;
  forgetPlatform(name: string): Promise<SetupChange>;
  /** Null when the platform is not connected. `to`: who gets a test message, a colleague of ours or the platform's id of anybody. */
  diagnose(name: string, to: string | null): AsyncIterable<Finding> | null;
  /** Begins to read the address books, unless that is under way. */
  sync(): Promise<SetupChange>;
  people(q: string): Promise<SetupPeopleView>;
  setAdmins(staffIds: readonly string[]): Promise<SetupChange>;
  finish(greet: boolean): Promise<SetupChange>;
  /** To be called when the answer that says so has left. */
  connectAnew(): void;
  /** Resolves when nothing of it is under way any more. */
  settled(): Promise<void>;
}

export function createSetup(context: SetupContext): Setup {
  const { look, transact, connected, settings, log } = context;
  let reading: Promise<void> | null = null;
  let anew = false;

  const noted = async (change: Promise<SetupChange>): Promise<SetupChange> => {
    const outcome = await change;
    if (outcome.ok && outcome.anew) anew = true;
    return outcome;
  };

  return {
    isOpen: () => look(isOpen),
    enter: (code) => enterSetup(look, transact, code),
    isInside: (token) => isInside(look, transact, token),
    view: () => viewSetup(context, { reading: reading !== null, anew }),
    saveCompany: (said) => noted(saveCompany(context, said)),
    savePlatform: (name, values) => noted(savePlatform(context, name, values)),
    forgetPlatform: (name) => noted(forgetPlatform(context, name)),

    diagnose(name, to) {
      const one = connected.find(({ channel }) => channel.platform === name);
      if (!one) return null;
      const { account, channel } = one;
      return (async function* () {
        yield describeRunning(channel.state());
        const testMessageTo = to === null ? null : await look((tx) => idOnPlatform(tx, account.id, to));
        if (channel.doctor) yield* channel.doctor({ publicUrl: settings.publicUrl, testMessageTo });
        if (to !== null && testMessageTo === null)
          yield bad('测试消息', '这位同事不在这个平台上。', '选一位用这个平台的同事，再发一次。');
      })();
    },

    async sync() {
      if (!connected.some(({ channel }) => channel.organisation)) return { ok: false, reason: 'not_connected' };
      reading ??= context
        .syncOrganisation()
        .catch((error: unknown) => log.error({ ...describeError(error) }, 'organisation not synchronised'))
        .then(() => {
          reading = null;
        });
      return { ok: true, anew: false };
    },

    people: (q) => look((tx) => listPeople(tx, q)),
    setAdmins: (staffIds) => transact((tx) => setAdmins(tx, staffIds)),

    finish: (greet) =>
      transact(async (tx) => {
        const missing: string[] = [];
        if (settings.policyFile === null && (await storedTrade(tx)) === null) missing.push('保存公司名称和行业');
        if (connected.length === 0) missing.push('接入至少一个平台');
        if ((await adminsOf(tx)).length === 0) missing.push('选至少一位管理员');
        if (missing.length > 0) return { ok: false, reason: 'not_ready', detail: `还差：${missing.join('、')}。` };
        await finishSetup(tx);
        const note = { entity: 'setting', entityId: 'setup', detail: { greet } } as const;
        await writeAudit(tx, null, [{ action: 'setup.finish', ...note }]);
        await (greet ? greetEverybody(tx) : spareGreetings(tx));
        return { ok: true, anew: false };
      }),

    connectAnew: () => context.reconnect(),
    async settled() {
      await reading;
    },
  };
}

function describeRunning({
  status,
  transport,
  detail,
}: ReturnType<SetupContext['connected'][number]['channel']['state']>): Finding {
  const check = '正在运行的聊单';
  if (status === 'ready') return good(check, `已接通（${transport}）。${detail ?? ''}`);
  const words = `${detail ?? '还没有接通。'}（${status}，${transport}）`;
  return status === 'connecting'
    ? unknown(check, words, '刚保存就等一分钟再试。')
    : bad(check, words, '照这句话做，改好后在这里保存。');
}
