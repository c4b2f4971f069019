/** `products import`: the company's catalogue from a file. Either all of it is taken, or nothing, with everything that is wrong in it. */
import { readFile, stat } from 'node:fs/promises';
import { writeAudit } from '../crm/audit/audit.ts';
import { type ImportedProducts, importProducts } from '../crm/product/import-products.ts';
import { type ProductList, readProductList } from '../crm/product/product-list.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { readTableFile, tableFaults } from './table-file.ts';

const USAGE = `用法：npm run crm -- products import 文件.xlsx [--dry]

导入产品目录（Excel 第一张表，或 CSV），列：名称、编号、规格、单位、产品线、目录价、成本。目录价含税，成本不含税，单位元。
编号相同的更新，没有编号的按名称和规格找；有一行不对，就一行都不导入。--dry 只检查，不写入。
`;
const MOST_BYTES = 5 * 1024 * 1024;

export async function productsCommand([word, ...rest]: readonly string[], env: Environment): Promise<number> {
  const [path, ...more] = rest.filter((argument) => argument !== '--dry');
  if (word !== 'import' || path === undefined || more.length > 0) {
    process.stderr.write(USAGE);
    return 2;
  }
  const file = await readFileOf(path);
  if (!file.ok) {
    process.stderr.write(`${file.why}\n`);
    return 1;
  }
  return report(await take(file.list, rest.includes('--dry'), env), rest.includes('--dry'));
}

type Read = { readonly ok: true; readonly list: ProductList } | { readonly ok: false; readonly why: string };

async function readFileOf(path: string): Promise<Read> {
  const size = (await stat(path).catch(() => null))?.size ?? 0;
  if (size > MOST_BYTES) return { ok: false, why: '文件超过 5 MB：请只留产品目录这一张表，再导入。' };
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return { ok: false, why: `读不到文件 ${path}：请检查路径和权限。` };
  const table = await readTableFile(bytes);
  return table.ok ? { ok: true, list: readProductList(table.rows) } : { ok: false, why: tableFaults[table.reason] };
}

function take(list: ProductList, dry: boolean, env: Environment): Promise<ImportedProducts> {
  return withApp(env, (app) =>
    app.transact(async (tx) => {
      const { faults, ...count } = await importProducts(tx, list, { dry });
      if (!dry && faults.length === 0)
        await writeAudit(tx, null, [
          { action: 'product.import', entity: 'product', entityId: 'catalogue', detail: count },
        ]);
      return { ...count, faults };
    }),
  );
}

function report({ added, changed, same, faults }: ImportedProducts, dry: boolean): number {
  if (faults.length === 0) {
    const what = dry ? '可以导入（这次没有写入）' : '导入完成';
    process.stdout.write(`${what}：新增 ${added} 个，更新 ${changed} 个，没有变化 ${same} 个\n`);
    return 0;
  }
  process.stdout.write(`没有导入：有 ${faults.length} 处要改，改好后再导入一次，这次什么都没有变\n`);
  for (const fault of faults) process.stdout.write(`  ${fault}\n`);
  return 1;
}
