/** Frames of Feishu's long connection, bent on the wire between a platform of ours and the real SDK. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { WebSocketServer } from 'ws';
import { createAgent } from '../../../adapters/feishu/agent.ts';
import { createIntake } from '../../../adapters/feishu/intake.ts';
import { readFeishuSettings } from '../../../adapters/feishu/settings.ts';
import { createStream } from '../../../adapters/feishu/stream.ts';
import { encodeFrame, METHOD_CONTROL, METHOD_DATA } from '../../../sandbox/feishu/frames.ts';
import { recordingInbound } from '../../unit/feishu/doubles.ts';
import { appId, messageEnvelope } from '../../unit/feishu/sealing.ts';
import { hostileText } from '../hostile.ts';
import { bentBytes, bentJson } from '../mutate.ts';
import { must, target } from '../target.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const data = { type: 'event', message_id: 'm', trace_id: 't', sum: '1', seq: '0' };

function frameOf(headers: Readonly<Record<string, string>>, payload: string, method = METHOD_DATA): Buffer {
  return Buffer.from(encodeFrame({ service: 1, method, headers, payload: Buffer.from(payload) }));
}

const part = fc.constantFrom('0', '1', '2', '7', '-1', '1e9', 'x', '');
const frame = fc.oneof(
  bentJson(messageEnvelope()).map((json) => frameOf(data, json)),
  fc.tuple(part, part, hostileText).map(([sum, seq, text]) => frameOf({ ...data, sum, seq }, text.slice(0, 2_000))),
  bentJson({ PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30 }).map((json) =>
    frameOf({ type: 'pong' }, json, METHOD_CONTROL),
  ),
);

export const feishuFrames = target({
  name: 'feishu frames',
  share: 4,
  inputs: fc.oneof(frame, bentBytes(frame)),
  async open() {
    const server = createServer((_request, response) => {
      const { port } = server.address() as AddressInfo;
      const ClientConfig = { ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 0, PingInterval: 120 };
      const URL = `ws://127.0.0.1:${port}/ws?device_id=d&service_id=1`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ code: 0, msg: 'ok', data: { URL, ClientConfig } }));
    });
    const sockets = new WebSocketServer({ server });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const read = readFeishuSettings({
      FEISHU_APP_ID: appId,
      FEISHU_APP_SECRET: 's'.repeat(32),
      FEISHU_API_BASE: apiBase,
    });
    if (!read.ok || read.settings === null) throw new Error('the settings are wrong');
    const inbound = recordingInbound();
    const nothing = async () => null;
    const intake = createIntake({
      ...{ appId, verificationToken: null, inbound, answerTap: nothing, readRecord: async (_id, payload) => payload },
    });
    const agent = createAgent(apiBase, read.settings.proxy);
    const stream = createStream(read.settings, agent, intake, quiet);
    const connected = new Promise<import('ws').WebSocket>((resolve) => sockets.once('connection', resolve));
    await stream.start(10_000);
    const socket = await connected;
    let asked = 0;
    let answered: () => void = () => undefined;
    // What is stored last is the sound message behind the bent frame: by then that one has been read.
    inbound.onStore = async ({ eventKey }) => {
      if (eventKey === `msg:sound${asked}`) answered();
    };
    return {
      async try(bytes) {
        asked += 1;
        const read = new Promise<void>((resolve) => {
          answered = resolve;
        });
        const sound = JSON.stringify(messageEnvelope({ messageId: `sound${asked}` }));
        socket.send(bytes);
        socket.send(frameOf({ ...data, message_id: `sound${asked}` }, sound));
        await read;
        inbound.stored.length = 0;
        must(socket.readyState === socket.OPEN, 'the connection has ended');
      },
      async close() {
        await stream.stop();
        agent.destroy();
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        server.close();
      },
    };
  },
});
