/** `setup`: opens the set-up page again with a new code, beside a server that is running; the way out when the key is lost. */

import type { Environment } from '../settings.ts';
import { reopenSetup } from '../setup/gate.ts';
import { PUBLIC_URL, removeRecords } from '../setup/stored.ts';
import { withApp } from './offline-app.ts';
import { tellSetup } from './setup-words.ts';

const USAGE = `用法：npm run crm -- setup [--forget]
  打开设置页，给出新的一次性代码；之前的代码和已经打开的设置页随之失效
  --forget   清除设置页存下的平台密钥（密钥文件或 SECRET_KEY 丢失时用），再到设置页重新填写
`;

export async function setupCommand(args: readonly string[], env: Environment): Promise<number> {
  const [word, ...more] = args;
  if (more.length > 0 || (word !== undefined && word !== '--forget')) {
    process.stderr.write(USAGE);
    return 2;
  }
  return withApp(env, async (app) => {
    if (word === '--forget') {
      const gone = await app.transact(removeRecords);
      process.stdout.write(`已清除 ${gone} 个平台的设置。聊单在运行的话，请重启一次。\n`);
    }
    const stored = await app.look((tx) => tx.setting.get(PUBLIC_URL));
    const said = env['PUBLIC_URL']?.trim() || stored?.value;
    const code = await reopenSetup(app.transact);
    const local = `http://127.0.0.1:${env['PORT']?.trim() || 8080}`;
    process.stdout.write(tellSetup(code, said?.replace(/\/+$/, '') ?? local, local));
    return 0;
  });
}
