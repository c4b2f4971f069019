/** A lean keep-alive HTTP client for load: one request at a time per connection, nothing parsed but status and length. */
import { connect, type Socket } from 'node:net';
import { type PushBody, withQuery } from './http-push.ts';

export interface LoadClient {
  /** Status of the answer; 0 when the connection broke. */
  post(push: PushBody): Promise<number>;
  close(): void;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');

export function createLoadClient(url: string): LoadClient {
  const { hostname, port, pathname, search, host } = new URL(url);
  let socket: Socket | null = null;
  let waiting: ((status: number) => void) | null = null;
  let received: Buffer = Buffer.alloc(0);

  function settle(status: number): void {
    received = Buffer.alloc(0);
    const done = waiting;
    waiting = null;
    done?.(status);
  }

  function read(chunk: Buffer): void {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const headEnd = received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    const bodyStart = headEnd + HEAD_END.length;
    const whole = length === undefined ? isWhole(head, received) : received.length >= bodyStart + Number(length);
    if (whole) settle(Number(head.slice(9, 12)));
  }

  function open(): Socket {
    const made = connect(Number(port || 80), hostname);
    made.setNoDelay(true);
    made.on('data', read);
    made.on('error', () => made.destroy());
    made.on('close', () => {
      if (socket === made) socket = null;
      settle(0);
    });
    return made;
  }

  return {
    post(push) {
      socket ??= open();
      const headers = Object.entries(push.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const path = withQuery(`${pathname}${search}`, push.query);
      const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\n${headers.join('')}content-length: ${push.body.length}\r\n\r\n`;
      const target = socket;
      return new Promise((resolve) => {
        waiting = resolve;
        target.write(Buffer.concat([Buffer.from(head, 'latin1'), push.body]));
      });
    },
    close() {
      socket?.destroy();
    },
  };
}

function isWhole(head: string, received: Buffer): boolean {
  if (/transfer-encoding: *chunked/i.test(head)) return received.subarray(-CHUNKS_END.length).equals(CHUNKS_END);
  return /^HTTP\/1\.1 (204|304)/.test(head);
}
