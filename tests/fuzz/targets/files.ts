/** What administrators and colleagues bring as files: tables, workbooks, policies, and the environment. */
import fc from 'fast-check';
import { stringify } from 'yaml';
import { platforms } from '../../../adapters/index.ts';
import { readStaffList } from '../../../src/commands/staff-file.ts';
import { readTableFile } from '../../../src/commands/table-file.ts';
import { readProductList } from '../../../src/crm/product/product-list.ts';
import { StartError } from '../../../src/errors.ts';
import { openConnections } from '../../../src/persistence/data-source.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { readPolicy } from '../../../src/policy/check.ts';
import { readSettings } from '../../../src/settings.ts';
import { workbook } from '../../support/workbook.ts';
import { hostileText } from '../hostile.ts';
import { anyBytes, bentBytes, bentText, bentValue } from '../mutate.ts';
import { must, target } from '../target.ts';

/** Both imports take the same table. */
async function readAll(bytes: Buffer): Promise<void> {
  const table = await readTableFile(bytes);
  if (!table.ok) return;
  readStaffList(table.rows);
  readProductList(table.rows);
}

const cells = fc.array(fc.array(hostileText, { maxLength: 6 }), { maxLength: 6 });
const staffHead = '姓名,手机,角色,部门,上级,区域,产品线\n张三,13800138000,销售,华东,李四,上海,"轴承,""电机"""\n';
const productHead = '名称\t编号\t规格\t单位\t产品线\t目录价\t成本\n伺服电机\tA-1\t750W\t台\t电机\t¥1,200.50\t800\n';
const csv = fc.oneof(
  bentText(fc.constantFrom(staffHead, productHead)),
  cells.map((rows) => staffHead + rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')),
  cells.map((rows) => productHead + rows.map((row) => row.join('\t')).join('\n')),
);

export const tables = target({
  name: 'tables',
  share: 5,
  inputs: fc.oneof(
    csv.map((text) => Buffer.from(text)),
    bentBytes(csv.map((text) => Buffer.from(text))),
    anyBytes,
  ),
  open: () => ({ try: readAll }),
});

const sheet = fc.constantFrom(
  workbook([['姓名', '手机', '角色'], ['张三', 13800138000, '销售'], [], ['李四', null, '主管']]),
  workbook([
    ['名称', '编号', '目录价', '成本'],
    ['伺服电机', 'A-1', 1200.5, '800'],
    ['x', 1e21, -0.1, '=1+1'],
  ]),
);

export const workbooks = target({
  name: 'workbooks',
  share: 3,
  inputs: fc.oneof(
    bentBytes(sheet),
    fc.array(fc.array(hostileText, { maxLength: 4 }), { maxLength: 4 }).map((rows) => workbook(rows)),
  ),
  open: () => ({ try: readAll }),
});

const starter = starterDocument();
const small = readPolicy(starter);
/** The starter takes 40 ms to read, most of it its words and rules. */
const sample = (() => {
  if (!small.ok) throw new Error('the starter policy cannot be read');
  const { signals, ...rest } = small.policy;
  const words = Object.entries(signals.words).map(([name, list]) => [name, list.slice(0, 2)]);
  return structuredClone({
    ...rest,
    signals: { ...signals, words: Object.fromEntries(words), rules: signals.rules.slice(0, 1) },
  });
})();

export const policies = target({
  name: 'policies',
  share: 1,
  inputs: fc.oneof(
    { weight: 6, arbitrary: bentValue(sample).map((value) => stringifyOr(value)) },
    { weight: 6, arbitrary: bentText(fc.constant(stringify(sample))) },
    { weight: 4, arbitrary: hostileText },
    { weight: 1, arbitrary: bentText(fc.constant(starter)) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 2, max: 12 })
        .map((levels) =>
          Array.from({ length: levels }, (_, at) => `a${at}: &a${at} [${at ? `*a${at - 1},`.repeat(9) : '1'}]`).join(
            '\n',
          ),
        ),
    },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 60_000 }).map((levels) => '['.repeat(levels)) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: 1, max: 3_000 })
        .map((levels) => Array.from({ length: levels }, (_, at) => `${' '.repeat(at)}a:`).join('\n')),
    },
  ),
  open: () => ({
    try(document) {
      const reading = readPolicy(document);
      if (!reading.ok) must(reading.faults.length > 0, 'a refusal without a reason');
      else activate(1, document);
    },
  }),
});

/** YAML as people write it; what it cannot hold is left out. */
function stringifyOr(value: unknown): string {
  try {
    return stringify(value, { aliasDuplicateObjects: false });
  } catch {
    return '';
  }
}

const environment = {
  ...{
    DATABASE_URL: 'mysql://crm:pass@127.0.0.1:1/crm',
    PORT: '8080',
    PUBLIC_URL: 'https://crm.example.com/a',
    LOG_LEVEL: 'info',
  },
  ...{
    TRUSTED_PROXIES: '127.0.0.1,172.16.0.0/12,::1/128',
    FEISHU_APP_ID: 'cli_a0000000000000a1',
    FEISHU_APP_SECRET: 's'.repeat(32),
  },
  ...{
    FEISHU_API_BASE: 'https://open.feishu.cn',
    FEISHU_ENCRYPT_KEY: 'e',
    FEISHU_VERIFICATION_TOKEN: 'v',
    FEISHU_MODE: 'webhook',
  },
  ...{
    WECOM_CORP_ID: 'ww1234567890abcdef',
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 's'.repeat(43),
    WECOM_TOKEN: 't',
    WECOM_AES_KEY: 'a'.repeat(43),
  },
  ...{
    WECOM_API_BASE: 'https://qyapi.weixin.qq.com',
    WECOM_BOT_ID: 'b',
    WECOM_BOT_SECRET: 's',
    WECOM_WEBHOOKS: '主管群=https://a.b/x?key=1',
  },
  ...{
    DINGTALK_CLIENT_ID: 'ding',
    DINGTALK_CLIENT_SECRET: 's',
    DINGTALK_CORP_ID: 'dingc',
    DINGTALK_MODE: 'stream',
    HTTPS_PROXY: 'http://u:p@h:1',
  },
};

export const settings = target({
  name: 'settings',
  share: 4,
  inputs: fc.array(
    fc.tuple(
      fc.constantFrom(...Object.keys(environment)),
      bentText(fc.oneof(hostileText, fc.constantFrom(...Object.values(environment)))),
    ),
    { maxLength: 4 },
  ),
  open: () => ({
    try(changes) {
      try {
        readSettings({ ...environment, ...Object.fromEntries(changes) }, platforms);
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
      }
    },
  }),
});

/** Nothing listens there: every address ends in a sentence. */
const address = fc
  .tuple(
    fc.constantFrom('mysql://', 'mariadb://', 'mysql:/', 'postgres://', ''),
    bentText(fc.constantFrom('crm:p%40ss@', 'crm@', '%zz:%@', '')),
    fc.constantFrom('127.0.0.1:1', '127.0.0.1:99999', '[::1]:1', '127.0.0.1:x'),
    bentText(fc.constantFrom('/crm', '/crm?charset=x', '/', '')),
  )
  .map((parts) => parts.join(''));

export const databaseUrls = target({
  name: 'database addresses',
  share: 1,
  inputs: address.filter((url) => !url.startsWith('sqlite:') && hostOf(url) !== null),
  open: () => ({
    async try(url) {
      try {
        await openConnections(url.slice(0, 4_000), []);
        must(false, 'opened what is not there');
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
      }
    },
  }),
});

/** Null where the name of a host somewhere else would be looked up. */
function hostOf(url: string): string | null {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return /^(127\.0\.0\.1|\[::1\]|)$/.test(host) ? host : null;
}
