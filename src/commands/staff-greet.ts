/** `staff greet`: says how many colleagues have not been greeted yet, and greets them when told to. */
import { platforms } from '../../adapters/index.ts';
import { createApp } from '../app.ts';
import { countUngreeted, greetEverybody } from '../crm/staff/greet.ts';
import { createLog } from '../log.ts';
import { type Environment, readSettings } from '../settings.ts';

export async function staffGreet(send: boolean, env: Environment): Promise<number> {
  const settings = readSettings(env, platforms);
  const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
  try {
    return await app.examine(async (channels) => {
      if (channels.length === 0) {
        process.stderr.write(
          '还没有接入任何平台：请在设置页填写（npm run crm -- setup），或按 .env.example 把平台的变量写进 .env。\n',
        );
        return 1;
      }
      if (!send) {
        const waiting = await app.look(countUngreeted);
        process.stdout.write(
          waiting === 0
            ? '没有要问候的同事：能收到消息的都问候过了。\n'
            : `有 ${waiting} 位同事还没有问候过，每人一张卡片。要发送，请运行 npm run crm -- staff greet --send\n`,
        );
        return 0;
      }
      const greeted = await app.transact(greetEverybody);
      process.stdout.write(`已为 ${greeted} 位同事排好问候，正在运行的聊单会马上发出，每人只有一次。\n`);
      return 0;
    });
  } finally {
    await app.database.close();
  }
}
