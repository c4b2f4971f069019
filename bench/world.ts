/** The same small world in every process of the bench: a Feishu company with many customer groups, made from one seed. */
import { createFeishuEmulator, type FeishuEmulator } from '../sandbox/feishu/index.ts';
import type { Chat, Person } from '../sandbox/feishu/world.ts';

export interface Secrets {
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenantKey: string;
}

/** One customer group: a colleague, a customer, their chat. */
export interface Group {
  readonly owner: Person;
  readonly customer: Person;
  readonly chat: Chat;
}

export interface World {
  readonly platform: FeishuEmulator;
  readonly owners: readonly Person[];
  readonly groups: readonly Group[];
}

const OWNERS = 50;
const SEED = 20_260_101;

/** Random per run, so that nothing in the bench depends on a known key. */
export function makeSecrets(hex: (bytes: number) => string): Secrets {
  return {
    appId: `cli_${hex(8)}`,
    appSecret: hex(16),
    encryptKey: hex(16),
    verificationToken: hex(16),
    tenantKey: hex(8),
  };
}

/** Equal arguments give equal ids in every process. */
export function makeWorld(secrets: Secrets, groupCount: number): World {
  const platform = createFeishuEmulator({ ...secrets, mode: 'webhook', seed: SEED, now: Date.now });
  const { world } = platform;
  const owners = Array.from({ length: OWNERS }, (_, i) => world.addPerson({ name: `同事${i + 1}` }));
  const groups = Array.from({ length: groupCount }, (_, i): Group => {
    const owner = owners[i % OWNERS] as Person;
    const customer = world.addPerson({ name: `客户${i + 1}`, company: `客户公司${i + 1}` });
    const chat = world.createGroup({ name: `客户公司${i + 1} 项目群`, members: [owner, customer] });
    chat.botIn = true;
    return { owner, customer, chat };
  });
  return { platform, owners, groups };
}
