/** The product as a process of its own that builds no pages: what a restart is about starts in half the time without them. */
import { platforms } from '../../../adapters/index.ts';
import { createApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { readSettings } from '../../../src/settings.ts';

const settings = readSettings(process.env, platforms);
const app = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
process.once('SIGTERM', () => void app.stop().then(() => process.exit(0)));
await new Promise<void>((resolve) => app.server.listen(settings.port, '127.0.0.1', resolve));
await app.run();
process.stdout.write('聊单已启动\n');
