/** What the `db` commands share: what they work with, and a few words. */
import type { DatabaseServer, Moving } from '../work/moving.ts';

export interface DbContext {
  readonly moving: Moving;
  /** The database that the server would use. */
  readonly databaseUrl: string;
  readonly now: () => number;
}

/** How a company on a server is reached by the server's own programs; they ask for the password. */
export const reach = ({ host, port, user }: DatabaseServer): string => `-h ${host} -P ${port} -u ${user} -p`;

/** An instant (ms) as file names take it: `20261123-041530`, local time. */
export function stamp(at: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = new Date(at);
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
