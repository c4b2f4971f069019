/** `token create|list|revoke`: programs that may use the API. The token itself is shown once and kept nowhere. */
import { parseArgs } from 'node:util';
import { DAY_MS } from '../crm/calendar/spans.ts';
import { addProgram, listPrograms, type Program, revokeProgram } from '../crm/staff/service-token.ts';
import { newServiceToken } from '../http/sessions/bearer.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { roleOf } from './staff-file.ts';
import { roleNames } from './staff-words.ts';

const USAGE = `用法：npm run -s crm -- token <命令>

  create --name ERP --role admin|manager|sales [--days 365]   发一个令牌，只显示这一次；--days 0 表示一直有效
  list                                                        列出令牌：角色、有效期、上次使用
  revoke 名称或编号                                           停用，立即生效

admin 看得到全部客户；sales 只看得到它自己建的。接口说明在 /api/openapi.json，请求带上 Authorization: Bearer 令牌。
`;

export async function tokenCommand([word, ...rest]: readonly string[], env: Environment): Promise<number> {
  if (word === 'create') return create(rest, env);
  if (word === 'list' && rest.length === 0) return list(env);
  if (word === 'revoke' && rest[0] && rest.length === 1) return revoke(rest[0], env);
  process.stderr.write(USAGE);
  return 2;
}

async function create(args: readonly string[], env: Environment): Promise<number> {
  const asked = readArgs(args);
  if (asked === null) {
    process.stderr.write(USAGE);
    return 2;
  }
  const { token, hash } = newServiceToken();
  const { name, role, days } = asked;
  const made = await withApp(env, (app) =>
    app.transact((tx) =>
      addProgram(tx, { name, role, tokenHash: hash, expiresAt: days === 0 ? null : tx.now + days * DAY_MS }),
    ),
  );
  if (!made) {
    process.stderr.write(`已经有叫“${name}”的令牌：换个名字，或先 token revoke ${name}。\n`);
    return 1;
  }
  process.stderr.write(`${describe(made)}\n请现在保存，以后查不到：\n`);
  process.stdout.write(`${token}\n`);
  return 0;
}

function readArgs(args: readonly string[]): { name: string; role: 'admin' | 'manager' | 'sales'; days: number } | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { name: { type: 'string' }, role: { type: 'string' }, days: { type: 'string', default: '365' } },
    });
    const name = values.name?.trim() ?? '';
    const role = roleOf(values.role ?? '');
    const sound = name !== '' && name.length <= 60 && /^\d{1,4}$/.test(values.days);
    return sound && role !== null ? { name, role, days: Number(values.days) } : null;
  } catch {
    return null;
  }
}

async function list(env: Environment): Promise<number> {
  const programs = await withApp(env, (app) => app.look(listPrograms));
  for (const program of programs) process.stdout.write(`${describe(program)}\n`);
  process.stdout.write(`共 ${programs.length} 个\n`);
  return 0;
}

async function revoke(word: string, env: Environment): Promise<number> {
  const gone = await withApp(env, (app) => app.transact((tx) => revokeProgram(tx, word)));
  if (!gone) {
    process.stderr.write(`没有叫“${word}”的有效令牌：用 token list 看看。\n`);
    return 1;
  }
  process.stdout.write(`${gone.staff.name}：已停用。\n`);
  return 0;
}

function describe({ staff, token }: Program): string {
  const facts = [
    roleNames[staff.role],
    staff.active ? null : '已停用',
    token.expiresAt === null ? '一直有效' : `有效到 ${day(token.expiresAt)}`,
    token.lastUsedAt === null ? '还没用过' : `上次使用 ${day(token.lastUsedAt)}`,
  ];
  return `${staff.id}  ${staff.name}  ${facts.filter((fact) => fact !== null).join(' · ')}`;
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
