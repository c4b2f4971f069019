/** `staff sync`: reads the address books of all platforms now, beside a server that may be running. */
import { platforms } from '../../adapters/index.ts';
import { createApp } from '../app.ts';
import { openInstallation } from '../installation.ts';
import { createLog } from '../log.ts';
import type { Environment } from '../settings.ts';

export async function staffSync(env: Environment): Promise<number> {
  const { settings } = await openInstallation(env, platforms);
  if (settings.platforms.length === 0) {
    process.stderr.write(
      '还没有接入任何平台：请在设置页填写（npm run crm -- setup），或按 .env.example 把平台的变量写进 .env。\n',
    );
    return 1;
  }
  const labels = new Map(settings.platforms.map(({ platform }) => [platform.name, platform.label]));
  const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
  try {
    const label = (platform: string) => labels.get(platform) ?? platform;
    const reports = await app.syncOrganisation((platform, people) => {
      if (people > 0) process.stdout.write(`${label(platform)}：已同步 ${people} 人\n`);
    });
    for (const { platform, ok, note } of reports) {
      process.stdout.write(`${label(platform)}：${ok ? '完成' : '没有完成'}。${note}\n`);
    }
    return reports.every(({ ok }) => ok) ? 0 : 1;
  } finally {
    await app.stop();
  }
}
