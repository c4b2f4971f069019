/** `signals detect` tries the rules on a file; `signals precision` shows how often each rule was right. */
import { open } from 'node:fs/promises';
import { rulePrecision } from '../crm/signal/rule-precision.ts';
import { activate, starterDocument } from '../policies.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { signalsDetect } from './signals-detect.ts';

export async function signalsCommand([word, file]: readonly string[], env: Environment): Promise<number> {
  if (word === 'detect' && file) return detect(file);
  if (word === 'precision') return precision(env);
  process.stderr.write('用法：npm run -s crm -- signals detect 文件.tsv 或 npm run -s crm -- signals precision\n');
  return 2;
}

/** Judges with the starter rules: the same file gives the same answer on every machine. */
async function detect(file: string): Promise<number> {
  const { detector } = activate(0, starterDocument());
  try {
    const input = (await open(file)).readLines({ encoding: 'utf8' });
    for await (const line of signalsDetect(input, detector)) process.stdout.write(`${line}\n`);
  } catch (error) {
    if (!isFileFault(error)) throw error;
    process.stderr.write(`读不到文件 ${file}：请检查路径和权限\n`);
    return 1;
  }
  return 0;
}

/** A fault of the file system: the file is missing, a folder, or not ours to read. */
function isFileFault(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

async function precision(env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const rows = await app.look(async (tx) => {
      const { rules } = tx.active.policy.signals;
      return Promise.all(rules.map(async (rule) => ({ rule, ...(await rulePrecision(tx, rule.key)) })));
    });
    for (const { rule, judged, wrong, precision: share } of rows) {
      const shown = share === null ? '样本不足' : `${(share * 100).toFixed(1)}%`;
      process.stdout.write(
        `${rule.label}（${rule.key}）：判断 ${judged} 次，被撤销或忽略 ${wrong} 次，准确率 ${shown}\n`,
      );
    }
    return 0;
  });
}
