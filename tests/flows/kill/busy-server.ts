/** The product as a process whose first question cannot be decided for a while: its answer to a tap has to be neutral. */
import { setTimeout as sleep } from 'node:timers/promises';
import { platforms } from '../../../adapters/index.ts';
import { createApp } from '../../../src/app.ts';
import { createLog } from '../../../src/log.ts';
import { readSettings } from '../../../src/settings.ts';
import { holdUp } from './hold-up.ts';

const HELD_MS = 4_000;

const settings = readSettings(process.env, platforms);
const app = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
process.once('SIGTERM', () => void app.stop());
await app.start();
process.stdout.write('聊单已启动\n');

while (!(await app.look((tx) => tx.card.find({ kind: 'ask' })))?.messageId) await sleep(20);
// What sent the card is put away before it is held.
await sleep(300);
const { released } = await holdUp(app, HELD_MS);
// A stop may come before.
released.catch(() => {});
process.stdout.write('held\n');
