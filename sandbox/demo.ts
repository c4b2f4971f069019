/** `npm run demo`: product, emulated platform and console on one port. With `--check` it plays every flow without a browser. */
import { parseArgs } from 'node:util';
import { createDesk } from './desk/index.ts';
import { flows } from './flows/index.ts';
import { startSandbox } from './start.ts';

const DEFAULT_PORT = 8090;

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    port: { type: 'string' },
    'long-connection': { type: 'boolean', default: false },
  },
});

if (values.check) process.exitCode = await check();
else await show();

/** Prints `✓ NAME` for each flow; 1 at the first that fails. */
async function check(): Promise<number> {
  for (const flow of flows) {
    const sandbox = await startSandbox({ ...flow.sandbox, logLevel: 'silent' });
    try {
      await flow.play(sandbox);
      console.log(`✓ ${flow.name}`);
    } catch (error) {
      console.log(`✗ ${flow.name}`);
      console.error(error);
      return 1;
    } finally {
      await sandbox.close();
    }
  }
  return 0;
}

async function show(): Promise<void> {
  const sandbox = await createDesk(open(Number(values.port ?? DEFAULT_PORT)));
  console.log(`
  聊单演示已就绪，在浏览器里打开：

    ${sandbox.url}

  左边是飞书、企业微信、钉钉的聊天，右边是聊天旁边的聊单：先点“保存客户”，再替客户说一句“帮我报下价”。
  平台是本机模拟的，只听 127.0.0.1：没有数据离开这台机器。Ctrl+C 结束。
`);
  const stop = () => {
    sandbox.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** The usual port, or a free one when somebody has it and none was asked for. */
async function open(port: number) {
  const mode = values['long-connection'] ? 'websocket' : 'webhook';
  const options = { mode, logLevel: 'warn', wecom: {}, dingtalk: {} } as const;
  try {
    return await startSandbox({ ...options, port });
  } catch (error) {
    const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!busy || values.port !== undefined) throw error;
    return startSandbox({ ...options, port: 0 });
  }
}
