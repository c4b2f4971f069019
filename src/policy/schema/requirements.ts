/** What a stage may want of a deal: a field that is filled in, something that was agreed to, a file. */
import { z } from 'zod';

const KEY = /^[a-z][a-z0-9_]{0,39}$/;

/** What can be agreed to, by its key, and what it is called once it was. */
export const APPROVABLE: Readonly<Record<string, string>> = { quote: '批准的报价单' };

/** A file of no kind that the policy knows. */
export const OTHER_DOCUMENT = 'other';

const block = z.boolean().default(false).describe('true：没有就不能进入本阶段；false：可以进入，只提醒补上');

export const requirementSchema = z.union(
  [
    z.strictObject({ field: z.string().describe('字段代号'), block }).describe('要填一个字段'),
    z
      .strictObject({
        approved: z.string().describe('要通过审批的内容；quote 是报价单：已批准、已发出或客户已接受的都算'),
        block,
      })
      .describe('要有通过审批的内容'),
    z
      .strictObject({ document: z.string().describe('文件种类的代号，种类写在 documents.kinds'), block })
      .describe('要上传一种文件'),
  ],
  { error: '写 field（字段）、approved（通过审批的内容，例如 quote）、document（文件种类）中的一样，可以再加 block' },
);

export type StageRequirement = z.infer<typeof requirementSchema>;

export const documentsSchema = z.strictObject({
  kinds: z
    .array(
      z.strictObject({
        key: z.string().regex(KEY).describe('文件种类的代号，小写英文；other 是自带的“其他”'),
        name: z.string().min(1).max(20).describe('文件种类的名称'),
      }),
    )
    .max(30)
    .default([
      { key: 'requirements', name: '需求文档' },
      { key: 'drawing', name: '图纸' },
      { key: 'contract', name: '合同扫描件' },
      { key: 'acceptance', name: '验收单' },
    ])
    .describe('商机的文件分哪几种；阶段可以要求其中一种'),
  maxMegabytes: z.int().min(1).max(20).default(10).describe('一个文件最大多少 MB'),
});

export type Documents = z.infer<typeof documentsSchema>;

/** What a file's kind is called; a kind that the policy no longer has is called 其他. */
export function documentName({ kinds }: Documents, key: string): string {
  return kinds.find((kind) => kind.key === key)?.name ?? '其他';
}

interface Wanting {
  readonly pipeline: {
    readonly stages: readonly { readonly key: string; readonly requires: readonly StageRequirement[] }[];
  };
  readonly documents: Documents;
}

/** Chinese sentences about requirements of what is not there. `fields`: the keys of the deal's fields. */
export function checkRequirements({ pipeline, documents }: Wanting, fields: readonly string[]): string[] {
  const kinds = documents.kinds.map(({ key }) => key);
  const faults: string[] = [];
  const kind = twice(kinds);
  if (kind) faults.push(`documents.kinds：代号 ${kind} 用了两次`);
  if (kinds.includes(OTHER_DOCUMENT)) faults.push(`documents.kinds：${OTHER_DOCUMENT} 是自带的“其他”，换一个代号`);
  const name = twice(documents.kinds.map((one) => one.name));
  if (name) faults.push(`documents.kinds：有两种文件都叫“${name}”`);
  const known = { field: fields, approved: Object.keys(APPROVABLE), document: kinds };
  for (const { key, requires } of pipeline.stages) {
    const place = `pipeline.stages.${key}.requires`;
    const wanted = requires.map(requirementOf);
    for (const { kind: what, key: of } of wanted)
      if (!known[what].includes(of)) faults.push(`${place}：${unknown(what, of, documents)}`);
    const again = twice(wanted.map(({ kind: what, key: of }) => `${WORDS[what]} ${of}`));
    if (again) faults.push(`${place}：${again} 写了两次`);
  }
  return faults;
}

export interface Requirement {
  readonly kind: 'field' | 'approved' | 'document';
  readonly key: string;
  readonly block: boolean;
}

/** The union told apart once. */
export function requirementOf(given: StageRequirement): Requirement {
  const { block: blocks } = given;
  if ('field' in given) return { kind: 'field', key: given.field, block: blocks };
  if ('approved' in given) return { kind: 'approved', key: given.approved, block: blocks };
  return { kind: 'document', key: given.document, block: blocks };
}

const WORDS = { field: '字段', approved: '审批内容', document: '文件种类' } as const;

function unknown(kind: Requirement['kind'], key: string, { kinds }: Documents): string {
  if (kind === 'field') return `没有代号为 ${key} 的字段`;
  if (kind === 'approved') return `${key} 不能送审批，可以写：${Object.keys(APPROVABLE).join('、')}`;
  const there = kinds.map((one) => `${one.key}（${one.name}）`).join('、');
  return `没有代号为 ${key} 的文件种类，documents.kinds 里有：${there || '（空）'}`;
}

const twice = (list: readonly string[]): string | undefined => list.find((item, index) => list.indexOf(item) !== index);
