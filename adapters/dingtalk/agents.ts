/** The connections to the platform: kept alive, and through the proxy of the environment. */
import http from 'node:http';
import https from 'node:https';

export interface Agents {
  /** The agent for this address, also for a WebSocket's (`wss:` is tunnelled). Loopback never goes through a proxy. */
  of(url: URL): http.Agent;
  /** Ends idle connections, and those that still wait for an answer. */
  destroy(): void;
}

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** `proxy`: the proxy variables of the process, NO_PROXY among them (read by Node ≥ 24.5). */
export function createAgents(proxy: Readonly<Record<string, string>>): Agents {
  const keepAlive = true;
  const throughProxy = Object.keys(proxy).length === 0 ? {} : { proxyEnv: proxy };
  const direct = { plain: new http.Agent({ keepAlive }), secure: new https.Agent({ keepAlive }) };
  const outward = {
    plain: new http.Agent({ keepAlive, ...throughProxy }),
    secure: new https.Agent({ keepAlive, ...throughProxy }),
  };
  return {
    of({ protocol, hostname }) {
      const { plain, secure } = loopback.includes(hostname) ? direct : outward;
      return protocol === 'https:' || protocol === 'wss:' ? secure : plain;
    },
    destroy() {
      for (const { plain, secure } of [direct, outward]) {
        plain.destroy();
        secure.destroy();
      }
    },
  };
}
