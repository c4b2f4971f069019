/** The company's name, where it is reached, and its trade, which decides with which policy it begins. */
import { writeAudit } from '../crm/audit/audit.ts';
import type { Tx } from '../crm/tx.ts';
import type { SetupCompanyBody, Trade } from '../http/contract/setup.ts';
import { activate, starterDocument } from '../policies.ts';
import type { SetupChange, SetupContext } from './context.ts';
import { PUBLIC_URL, putSetting } from './stored.ts';

const TRADE = 'company.trade';

export async function saveCompany(context: SetupContext, said: SetupCompanyBody): Promise<SetupChange> {
  const { company, tenantId, look, transact, env, settings } = context;
  const another = settings.policyFile === null && (await look(storedTrade)) !== said.trade;
  const starter = another ? prepareStarter(said.trade) : null;
  return transact(async (tx) => {
    const refusal = starter && (await publishStarter(context, tx, starter));
    if (refusal) return refusal;
    await company.renameCompany(tenantId, said.name);
    const fixed = (env['PUBLIC_URL']?.trim() ?? '') !== '';
    const anew = !fixed && said.publicUrl !== undefined && (await keepPublicUrl(tx, said.publicUrl));
    const fields = Object.keys(said);
    await writeAudit(tx, null, [
      { action: 'company.save', entity: 'setting', entityId: 'company', detail: { fields } },
    ]);
    return { ok: true, anew };
  });
}

/** Null until it was said. */
export async function storedTrade(tx: Tx): Promise<Trade | null> {
  return ((await tx.setting.get(TRADE))?.value as Trade | undefined) ?? null;
}

interface Starter {
  readonly trade: Trade;
  readonly document: string;
  readonly stages: ReadonlySet<string>;
}

/** Takes longer than others should wait for a transaction. */
function prepareStarter(trade: Trade): Starter {
  const document = starterDocument(trade);
  const { stages } = activate(0, document).policy.pipeline;
  return { trade, document, stages: new Set(stages.map(({ key }) => key)) };
}

/** All trades share most stages; a deal in one that would vanish keeps the trade as it is. */
async function publishStarter(
  { company, tenantId }: SetupContext,
  tx: Tx,
  { trade, document, stages }: Starter,
): Promise<SetupChange | null> {
  for (const { key, name } of tx.active.policy.pipeline.stages) {
    if (stages.has(key) || !(await tx.opportunity.find({ stage: key, status: 'open' }))) continue;
    const detail = `还有商机在“${name}”，这个行业没有这个阶段：先把它们移到别的阶段，再换行业。`;
    return { ok: false, reason: 'stage_in_use', detail };
  }
  const version = await company.publishPolicy(tenantId, document, 'starter');
  await putSetting(tx, TRADE, trade);
  const detail = { source: 'starter', trade };
  await writeAudit(tx, null, [{ action: 'policy.publish', entity: 'policy', entityId: String(version), detail }]);
  return null;
}

/** True when it has changed. */
async function keepPublicUrl(tx: Tx, said: string | null): Promise<boolean> {
  const before = (await tx.setting.get(PUBLIC_URL))?.value ?? null;
  const url = said === null ? null : said.replace(/\/+$/, '');
  if (url === before) return false;
  if (url === null) await tx.setting.remove({ id: PUBLIC_URL });
  else await putSetting(tx, PUBLIC_URL, url);
  return true;
}
