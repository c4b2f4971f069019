/** `doctor`: looks at everything a platform needs set up, and says what is wrong and what to do, in order. */
import { parseArgs } from 'node:util';
import { platforms } from '../../adapters/index.ts';
import { createApp } from '../app.ts';
import type { Channel, Platform } from '../channel/channel.ts';
import type { Finding } from '../channel/doctor.ts';
import { openInstallation } from '../installation.ts';
import { createLog } from '../log.ts';
import type { Environment } from '../settings.ts';
import { readRunning } from './doctor-running.ts';

type Write = (text: string) => void;

const USAGE = `用法：npm run crm -- doctor [${platforms.map(({ name }) => name).join('|')}] [--to 编号]
  不写平台就检查所有接入的平台；--to 给这个人发一条测试消息，要同时写平台
`;
const MARKS: Readonly<Record<Finding['state'], string>> = { good: '✓', bad: '✗', unknown: '?' };

/** Ends with 1 when anything is bad. Needs no running server and takes nothing away from one. */
export async function doctorCommand(
  args: readonly string[],
  env: Environment,
  write: Write = (text) => process.stdout.write(text),
): Promise<number> {
  const asked = readArgs(args);
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { settings } = await openInstallation(env, asked.platforms);
  if (settings.platforms.length === 0) {
    const labels = asked.platforms.map(({ label }) => label).join('、');
    write(
      `没有接入${labels}：在设置页填写（npm run crm -- setup），或照 docs/connect-*.md 把应用的变量写进 .env，再试一次。\n`,
    );
    return 1;
  }
  const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
  try {
    const findings = await app.examine(async (channels) => {
      const seen: Finding[] = [];
      const running = await readRunning(settings);
      for (const channel of channels) {
        write(`${labelOf(channel)}\n`);
        for await (const finding of examine(channel, running(channel), settings.publicUrl, asked.to)) {
          seen.push(finding);
          write(describe(finding));
        }
      }
      return seen;
    });
    const count = (state: Finding['state']) => findings.filter((finding) => finding.state === state).length;
    write(
      `共 ${findings.length} 项：${count('good')} 项正常，${count('bad')} 项要改，${count('unknown')} 项说不准或没有用。\n`,
    );
    return count('bad') > 0 ? 1 : 0;
  } finally {
    await app.database.close();
  }
}

async function* examine(
  channel: Channel,
  running: Finding,
  publicUrl: string | null,
  testMessageTo: string | null,
): AsyncGenerator<Finding> {
  yield running;
  if (channel.doctor) yield* channel.doctor({ publicUrl, testMessageTo });
}

function readArgs(
  args: readonly string[],
): { readonly platforms: readonly Platform[]; readonly to: string | null } | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { to: { type: 'string' } },
      allowPositionals: true,
    });
    const [name, ...more] = positionals;
    const chosen = name === undefined ? platforms : platforms.filter((platform) => platform.name === name);
    // Each platform has its own ids of people.
    const sound = more.length === 0 && chosen.length > 0 && (values.to === undefined || chosen.length === 1);
    return sound ? { platforms: chosen, to: values.to?.trim() || null } : null;
  } catch {
    return null;
  }
}

const labelOf = ({ platform }: Channel): string => platforms.find(({ name }) => name === platform)?.label ?? platform;

function describe({ check, state, detail, remedy }: Finding): string {
  return `  ${MARKS[state]} ${check}：${detail}\n${remedy === null ? '' : `      怎么办：${remedy}\n`}`;
}
