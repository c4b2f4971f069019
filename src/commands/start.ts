/** `start`: the server, from the environment, until it is told to stop. */
import { platforms } from '../../adapters/index.ts';
import { createApp } from '../app.ts';
import { StartError } from '../errors.ts';
import { createLog, describeError, type Log, whereFrom } from '../log.ts';
import { type Environment, readSettings } from '../settings.ts';

/** Longest wait for what is in hand; a second signal ends at once. */
const PATIENCE_MS = 15_000;

export async function startCommand(env: Environment): Promise<number> {
  const settings = readSettings(env, platforms);
  const log = createLog(settings.logLevel);
  endOnFaults(log);
  const app = await createApp({ settings, log, now: Date.now });
  const port = await app.start().catch(async (cause: unknown) => {
    await app.stop();
    throw listenFault(cause, settings.port) ?? cause;
  });
  process.stdout.write(`聊单已启动：http://127.0.0.1:${port}  （健康检查 /health）\n`);
  if (settings.platforms.length === 0) {
    process.stdout.write(
      '还没有接入任何平台：请按 .env.example 把飞书、企业微信或钉钉应用的变量写进 .env 后重启。想先看效果，运行 npm run demo。\n',
    );
  }
  await stopSignal();
  log.info({}, 'stopping');
  const timer = setTimeout(() => process.exit(1), PATIENCE_MS);
  await app.stop();
  clearTimeout(timer);
  return 0;
}

/** The sentence for a port that cannot be opened; null for any other fault. */
function listenFault(cause: unknown, port: number): StartError | null {
  if (!(cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen')) return null;
  const busy = 'code' in cause && cause.code === 'EADDRINUSE';
  const sentence = busy
    ? `端口 ${port} 已被占用：换一个 PORT，或先停掉占用它的程序`
    : `打不开端口 ${port}：1024 以下的端口需要管理员权限`;
  return new StartError('listen', sentence, { cause });
}

/** Node would end the process as well, but print the error with everything in it: statements, values, messages. */
function endOnFaults(log: Log): void {
  const end = (fault: unknown) => {
    log.error({ ...describeError(fault), from: whereFrom(fault).join(' ') }, 'unexpected fault, stopping');
    process.exit(1);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
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
