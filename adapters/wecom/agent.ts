/** The connections to the server API: kept alive, and through the proxy of the environment. */
import http from 'node:http';
import https from 'node:https';

/** An agent for the API's origin, through the proxy of the environment when there is one (Node ≥ 24.5); loopback never goes through it. */
export function createAgent(apiBase: string, proxy: Readonly<Record<string, string>>): http.Agent {
  const url = new URL(apiBase);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const options = { keepAlive: true, ...(loopback || Object.keys(proxy).length === 0 ? {} : { proxyEnv: proxy }) };
  return url.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
}
