/** Reads a policy document: shape by zod, then meaning; every fault is a Chinese sentence that says where. */
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import { lineAt, tooLarge } from './limits.ts';
import { checkApproval } from './schema/approvals.ts';
import { checkCalendar } from './schema/calendar.ts';
import { checkFields, dealFields } from './schema/pipeline.ts';
import { type Policy, policySchema } from './schema/policy.ts';
import { DEFAULT_ACCEPTED_STAGE, DEFAULT_SENT_STAGE } from './schema/quotes.ts';
import { checkRequirements } from './schema/requirements.ts';
import { checkSignals } from './schema/signals.ts';
import { checkTasks } from './schema/tasks.ts';

const NO_YAML = '策略文件不是合法的 YAML：';
const CHINESE = { error: zhCN().localeError };

export type PolicyReading =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly faults: readonly string[] };

/** `text` is YAML or JSON. Nothing throws: what is wrong comes back as sentences. */
export function readPolicy(text: string): PolicyReading {
  const large = tooLarge(text);
  if (large !== null) return { ok: false, faults: [large] };
  let document: unknown;
  try {
    // Its own way of telling places takes long where much is wrong; its warnings would be printed, with words of the text.
    const read = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
    const [wrong] = read.errors;
    if (wrong) return { ok: false, faults: [`${NO_YAML}第 ${lineAt(text, wrong.pos[0])} 行，${wrong.message}`] };
    // Aliases are limited so that a small file cannot grow into a large one.
    document = read.toJS({ maxAliasCount: 50 });
  } catch (error) {
    return { ok: false, faults: [`${NO_YAML}${error instanceof Error ? error.message : ''}`] };
  }
  const shape = policySchema.safeParse(document, CHINESE);
  if (!shape.success) return { ok: false, faults: shape.error.issues.map(describeIssue) };
  const faults = checkMeaning(shape.data);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, policy: shape.data };
}

/** Starter sections in several files make one document. */
export function mergeDocuments(...texts: readonly string[]): string {
  return texts.join('\n');
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.length > 0 ? issue.path.join('.') : '（根）';
  return `${place}：${issue.message}`;
}

function checkMeaning(policy: Policy): string[] {
  const { stages, convertedLeadStage, soldStage } = policy.pipeline;
  const keys = stages.map((stage) => stage.key);
  const faults = [
    ...checkSignals(policy.signals),
    ...checkFields(policy.pipeline),
    ...checkTasks(
      stages,
      dealFields(policy.pipeline).map(({ key }) => key),
    ),
    ...checkRequirements(
      policy,
      dealFields(policy.pipeline).map(({ key }) => key),
    ),
    ...checkCalendar(policy.calendar),
    ...checkApproval(policy.approvals.quote, 'approvals.quote'),
  ];
  const duplicate = keys.find((key, index) => keys.indexOf(key) !== index);
  if (duplicate) faults.push(`pipeline.stages：阶段代号 ${duplicate} 用了两次`);
  for (const reserved of ['won', 'lost']) {
    if (keys.includes(reserved)) faults.push(`pipeline.stages：${reserved} 是结束状态，不能作阶段代号`);
  }
  const known = (key: string, place: string) => {
    if (!keys.includes(key)) faults.push(`${place}：没有代号为 ${key} 的阶段`);
  };
  known(convertedLeadStage, 'pipeline.convertedLeadStage');
  known(soldStage, 'pipeline.soldStage');
  const { sentStage, acceptedStage } = policy.quotes;
  // The defaults need not be there: then sending moves nothing, and accepting offers nothing.
  if (sentStage !== null && sentStage !== DEFAULT_SENT_STAGE) known(sentStage, 'quotes.sentStage');
  if (acceptedStage !== null && acceptedStage !== DEFAULT_ACCEPTED_STAGE) known(acceptedStage, 'quotes.acceptedStage');
  for (const stage of stages)
    for (const from of stage.autoFrom ?? []) known(from, `pipeline.stages.${stage.key}.autoFrom`);
  for (const rule of policy.signals.rules) {
    if (rule.signal !== 'lost') known(rule.signal, `signals.rules.${rule.key}.signal`);
    for (const from of rule.fromStages ?? []) known(from, `signals.rules.${rule.key}.fromStages`);
  }
  return faults;
}
