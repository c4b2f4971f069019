/** `start`: the server, from the environment and what the set-up page was told, until it is told to stop. */
import { platforms } from '../../adapters/index.ts';
import { type App, createApp } from '../app.ts';
import { StartError } from '../errors.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { createLog, describeError, type Log, whereFrom } from '../log.ts';
import { type Environment, readSettings } from '../settings.ts';
import { beginSetup } from '../setup/gate.ts';
import { watchTold } from '../setup/told.ts';
import { tellSetup } from './setup-words.ts';

/** Longest wait for what is in hand; a second signal ends at once. */
const PATIENCE_MS = 15_000;

export async function startCommand(env: Environment): Promise<number> {
  const log = createLog(readSettings(env, platforms).logLevel);
  endOnFaults(log);
  const stopped = stopSignal();
  let port: number | null = null;
  for (;;) {
    const installation = await openInstallation(env, platforms);
    const settings = { ...installation.settings, port: port ?? installation.settings.port };
    const anew = Promise.withResolvers<'anew'>();
    const setup = { env, platforms, keyring: installation.keyring, reconnect: () => anew.resolve('anew') };
    const app = await createApp({ settings, log, now: Date.now, setup });
    const opened = await app.start().catch(async (cause: unknown) => {
      await app.stop();
      throw listenFault(cause, settings.port) ?? cause;
    });
    // What was told since is all that is new: the address and the code that were printed stay what they are.
    if (port === null) await greet(app, installation, opened);
    else log.info({ platforms: settings.platforms.length }, 'connected anew');
    port = opened;
    const unwatch = watchTold({
      read: async () => app.database.company.settings(await app.database.company.firstTenant()),
      before: installation.told,
      readable: () => isReadable(env),
      onChange: () => anew.resolve('anew'),
      log,
    });
    const why = await Promise.race([stopped, anew.promise]);
    unwatch();
    log.info({}, why === 'anew' ? 'connecting anew' : 'stopping');
    const timer = why === 'stop' ? setTimeout(() => process.exit(1), PATIENCE_MS) : undefined;
    await app.stop();
    clearTimeout(timer);
    if (why === 'stop') return 0;
  }
}

/** Whether a start with what is stored now would succeed. */
const isReadable = (env: Environment): Promise<boolean> =>
  openInstallation(env, platforms).then(
    () => true,
    () => false,
  );

/** Where the server is, and what to do first. */
async function greet(app: App, { settings, keyring }: Installation, port: number): Promise<void> {
  process.stdout.write(`聊单已启动：http://127.0.0.1:${port}  （健康检查 /health）\n`);
  const code = await beginSetup(app.transact);
  if (code !== null) {
    const { madeAt } = keyring.obtain();
    if (madeAt !== null) {
      process.stdout.write(
        `已生成密钥文件 ${madeAt}：设置页填的平台密钥用它加密，请和数据库一起备份，不要给别人。也可以改用 .env 的 SECRET_KEY。\n`,
      );
    }
    const local = `http://127.0.0.1:${port}`;
    process.stdout.write(tellSetup(code, settings.publicUrl ?? local, local));
  } else if (settings.platforms.length === 0) {
    process.stdout.write(
      '还没有接入任何平台：运行 npm run crm -- setup 打开设置页，或按 .env.example 把飞书、企业微信或钉钉应用的变量写进 .env 后重启。想先看效果，运行 npm run demo。\n',
    );
  }
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

function stopSignal(): Promise<'stop'> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve('stop');
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
