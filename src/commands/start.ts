/** `start`: the server, from the environment, until it is told to stop. */
import { platforms } from '../../adapters/index.ts';
import { createApp } from '../app.ts';
import { StartError } from '../errors.ts';
import { createLog } from '../log.ts';
import { type Environment, readSettings } from '../settings.ts';

/** Longest wait for what is in hand; a second signal ends at once. */
const PATIENCE_MS = 15_000;

export async function startCommand(env: Environment): Promise<number> {
  const settings = readSettings(env, platforms);
  const log = createLog(settings.logLevel);
  const app = await createApp({ settings, log, now: Date.now });
  const port = await app.start().catch((cause: unknown) => {
    const busy = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new StartError(
      'listen',
      busy ? `端口 ${settings.port} 已被占用：换一个 PORT，或先停掉占用它的程序` : `打不开端口 ${settings.port}`,
      { cause },
    );
  });
  process.stdout.write(`聊单已启动：http://127.0.0.1:${port}  （健康检查 /health）\n`);
  if (settings.platforms.length === 0) {
    process.stdout.write(
      '还没有接入任何平台：请按 .env.example 把飞书或企业微信应用的变量写进 .env 后重启。想先看效果，运行 npm run demo。\n',
    );
  }
  await stopSignal();
  log.info({}, 'stopping');
  const timer = setTimeout(() => process.exit(1), PATIENCE_MS);
  await app.stop();
  clearTimeout(timer);
  return 0;
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
