/** The product as a process on the large company's database, and what its statements are. */
import type { AddressInfo } from 'node:net';
import { platforms } from '../../adapters/index.ts';
import { type App, createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { serve } from '../child.ts';
import { type FeishuSecrets, feishu } from '../dialects/feishu.ts';
import { signIn } from '../pages/people.ts';
import { type Explained, explainAll, recordStatements } from '../pages/plans.ts';
import { seedCompany } from '../pages/seed/seed-company.ts';
import type { Size } from '../pages/seed/size.ts';
import { seedCrm } from '../seed-crm.ts';

export type PagesQuestion =
  | {
      readonly do: 'open';
      readonly databaseUrl: string;
      readonly policyFile: string;
      readonly secrets: FeishuSecrets;
      readonly apiBase: string;
      readonly size: Size;
      /** Chats that callbacks come from. */
      readonly chats: number;
    }
  | { readonly do: 'signIn' }
  | { readonly do: 'record' }
  /** How long this process has computed so far. */
  | { readonly do: 'cpu' }
  /** The plans of all statements since `record`. */
  | { readonly do: 'plans' };

export interface Plans {
  readonly statements: readonly Explained[];
}

let app: App | null = null;
let company: Awaited<ReturnType<typeof seedCompany>> | null = null;
let recorded: ReturnType<typeof recordStatements> | null = null;

async function open(question: Extract<PagesQuestion, { do: 'open' }>): Promise<object> {
  const { databaseUrl, policyFile, secrets, apiBase, size, chats } = question;
  const env = {
    DATABASE_URL: databaseUrl,
    POLICY_FILE: policyFile,
    LOG_LEVEL: 'error',
    ...feishu.env(secrets, apiBase),
  };
  const settings = readSettings(env, platforms);
  const made = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
  app = made;
  company = await seedCompany(made, size, Date.now());
  const there = await made.look((tx) => tx.staffIdentity.list({}, { limit: size.staff + 1 }));
  if (chats > 0 && there.length <= size.staff) await seedCrm(made, feishu.makeWorld(secrets, chats));
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  return { port: (made.server.address() as AddressInfo).port };
}

serve<PagesQuestion>(
  async (question) => {
    if (question.do === 'open') return open(question);
    if (!app || !company) throw new Error('the product is not open');
    if (question.do === 'signIn') return signIn(app, company, Date.now());
    if (question.do === 'cpu') {
      const { user, system } = process.cpuUsage();
      return { cpuMs: (user + system) / 1_000 };
    }
    if (question.do === 'record') {
      recorded = recordStatements(app.database.unitOfWork);
      return {};
    }
    const statements = await explainAll(app.database, recorded?.statements() ?? []);
    return { statements } satisfies Plans;
  },
  async () => {
    app?.server.closeAllConnections();
    await app?.stop();
  },
);
