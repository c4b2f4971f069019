// Stopping: what is under way is answered, and nobody can hold it up.

import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { describeDatabase, readyDatabaseUrl } from '../support/services/database.ts';

describeDatabase('stop', () => {
  it('does not wait for a request that dribbles in', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const settings = readSettings({ DATABASE_URL: url, PORT: '0' }, []);
    const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
    const port = await app.start();
    const socket = connect(port);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write('POST /callbacks/feishu HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc');
    await once(app.server, 'request');
    const begun = Date.now();
    await app.stop();
    expect(Date.now() - begun).toBeLessThan(6_000);
    await dispose();
  });
});
