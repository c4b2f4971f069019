/** Takes a mysql:// address apart, once for everybody who connects. */
import { StartError } from '../errors.ts';

export interface MysqlAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const PORT = 3306;

export const isMysqlUrl = (url: string): boolean => /^(mysql|mariadb):\/\//.test(url);

/** `mysql://user:password@host:3306/database`. Throws StartError with an example when it cannot be read. */
export function readMysqlUrl(url: string): MysqlAddress {
  try {
    const { hostname, port, username, password, pathname } = new URL(url);
    const database = decodeURIComponent(pathname.slice(1));
    if (hostname === '' || database === '' || database.includes('/')) throw badDatabaseUrl();
    return {
      // As an address, not as it stands in one: [::1] is ::1 to who connects.
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      port: port === '' ? PORT : Number(port),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database,
    };
  } catch (cause) {
    throw cause instanceof StartError ? cause : badDatabaseUrl({ cause });
  }
}

export function badDatabaseUrl(options?: ErrorOptions): StartError {
  return new StartError(
    'bad_database_url',
    'DATABASE_URL 看不懂：应以 sqlite: 或 mysql:// 开头，例如 sqlite:./data/crm.db 或 mysql://crm:密码@127.0.0.1:3306/crm（密码里的特殊字符要写成 %40 这样的编码）',
    options,
  );
}
