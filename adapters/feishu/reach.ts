/** Whether a server can be reached at all, without saying a word to it. */
import { connect } from 'node:net';

const patienceMs = 5_000;

/** Opens a connection to the host of this address and closes it at once. Never rejects; knows nothing of proxies. */
export function canReach(url: URL): Promise<boolean> {
  const port = Number(url.port) || (/^(https|wss):$/.test(url.protocol) ? 443 : 80);
  return new Promise((resolve) => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: patienceMs });
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
