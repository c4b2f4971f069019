/** `privacy …`: a copy of what is held of a person, and erasing it. */
import { parseArgs } from 'node:util';
import type { SubjectKind } from '../crm/privacy/holding.ts';
import { findSubjects, MOST_FOUND } from '../crm/privacy/subject.ts';
import type { Tx } from '../crm/tx.ts';
import type { Environment } from '../settings.ts';
import type { Asked, Compact, Found } from './privacy-asked.ts';
import { compactNow, eraseSubject } from './privacy-erase.ts';
import { exportSubject } from './privacy-export.ts';

const USAGE = `用法：npm run crm -- privacy <命令>

  export --contact|--customer|--staff 谁 --to 文件.zip    把系统里关于此人（或这家客户）的全部资料导出一份；不写 .zip 就是文件夹
  erase  --contact|--customer|--staff 谁                  先看看会删什么、改什么，什么都不动
  erase  --contact|--customer|--staff 谁 --yes            真的删除；删了找不回来
  compact                                                 把 SQLite 文件重写一遍，不留删除过的内容的痕迹

“谁”写姓名（一部分也行）、手机号、平台上的编号或系统里的编号；有几位对得上就列出来，改写编号再来一次。

  --also 周工     此人还被叫作什么，也从别人写的话里抹去；可以写几次
  --keep 采购     这个词虽然是此人的昵称，别人写的话里照旧留着；可以写几次
  --files         删除客户时，连商机里的文件一起删除（不写就留着：合同和票据有法定的保存期限）
  --by 姓名       是哪位同事办的，记进操作日志
`;

const KINDS: readonly SubjectKind[] = ['contact', 'customer', 'staff'];
const whoNames = { contact: '联系人', customer: '客户', staff: '员工' } as const;

export async function privacyCommand(
  [word, ...rest]: readonly string[],
  env: Environment,
  compact: Compact,
): Promise<number> {
  if (word === 'compact' && rest.length === 0) return compactNow(env, compact);
  const asked = word === 'export' || word === 'erase' ? read(rest) : null;
  if (asked && word === 'erase') return eraseSubject(asked, env, compact);
  if (asked && asked.to !== '') return exportSubject(asked, env);
  process.stderr.write(USAGE);
  return 2;
}

function read(args: readonly string[]): Asked | null {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  const flag = { type: 'boolean' } as const;
  const options = { contact: text, customer: text, staff: text, to: text, by: text, also: texts, keep: texts } as const;
  try {
    const { values } = parseArgs({ args: [...args], options: { ...options, yes: flag, files: flag } });
    const [kind, ...others] = KINDS.filter((one) => values[one] !== undefined);
    if (!kind || others.length > 0) return null;
    return {
      find: (tx) => find(tx, kind, values[kind] ?? ''),
      option: `--${kind}`,
      by: values.by ?? null,
      to: values.to ?? '',
      yes: values.yes === true,
      files: values.files === true,
      also: values.also ?? [],
      keep: values.keep ?? [],
    };
  } catch {
    return null;
  }
}

async function find(tx: Tx, kind: SubjectKind, word: string): Promise<Found> {
  const found = await findSubjects(tx, kind, word);
  const [only] = found;
  const what = whoNames[kind];
  if (!only)
    return {
      ok: false,
      why: `没有找到${what}“${word}”：换成姓名的一部分、手机号或平台上的编号试试；删除过的人也找不到。`,
    };
  if (found.length === 1) return { ok: true, subject: only };
  const lines = found.map(({ id, label }) => `  ${id}　${label}`).join('\n');
  const most = found.length >= MOST_FOUND ? `只列出前 ${MOST_FOUND} 位，写得具体些可以少一些。\n` : '';
  return {
    ok: false,
    why: `有几位${what}都对得上“${word}”，请改写编号：\n${lines}\n${most}同一个人可能有几条，要逐条办。`,
  };
}
