/** Small rules of the archive: consent and how long it is believed, careful pages, words for failures, the proxy. */
import { describe, expect, test } from 'vitest';
import { ApiFailure } from '../../../adapters/wecom/api-failure.ts';
import { createCautiousPull } from '../../../adapters/wecom/archive/cautious.ts';
import { createConsent } from '../../../adapters/wecom/archive/consent.ts';
import { ArchiveRefusal, explainArchive } from '../../../adapters/wecom/archive/failures.ts';
import { LibraryFailure } from '../../../adapters/wecom/archive/library.ts';
import type { Conversation } from '../../../adapters/wecom/archive/people.ts';
import { libraryProxy } from '../../../adapters/wecom/archive/proxy.ts';
import type { Page } from '../../../adapters/wecom/archive/records.ts';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';

const pair = (n: number): Conversation => ({ kind: 'pair', userId: 'zhangsan', outsiderId: `wm${n}` });
const room: Conversation = { kind: 'room', roomId: 'wrROOM' };

function platform(status: (outsiderId: string) => string) {
  const calls: { path: string; body: JsonRecord }[] = [];
  const post = async (path: string, body: JsonRecord): Promise<JsonRecord> => {
    calls.push({ path, body });
    const asked = Array.isArray(body.info) ? body.info : [{ exteranalopenid: 'wm1' }, { exteranalopenid: 'wm2' }];
    const agreeinfo = asked.map((info: JsonRecord) => ({
      ...info,
      agree_status: status(String(info.exteranalopenid)),
    }));
    return { errcode: 0, agreeinfo };
  };
  return { calls, post };
}

describe('consent', () => {
  test('private chats are asked about a hundred at a time, each once', async () => {
    const { calls, post } = platform(() => 'Agree');
    const consent = createConsent(post, () => 0);
    await consent.ask([...Array(150).keys()].flatMap((n) => [pair(n), pair(n)]));
    expect(calls.map(({ body }) => (Array.isArray(body.info) ? body.info.length : 0))).toEqual([100, 50]);
    expect(await consent.agreed(pair(149), 'wm149')).toBe(true);
    expect(calls).toHaveLength(2);
  });

  test('an agreement is believed for half an hour, a refusal for a minute', async () => {
    let [now, status] = [0, 'Disagree'];
    const { calls, post } = platform(() => status);
    const consent = createConsent(post, () => now);
    expect(await consent.agreed(pair(1), 'wm1')).toBe(false);
    status = 'Agree';
    now = 59_000;
    expect(await consent.agreed(pair(1), 'wm1')).toBe(false);
    now = 61_000;
    expect(await consent.agreed(pair(1), 'wm1')).toBe(true);
    now += 29 * 60_000;
    await consent.agreed(pair(1), 'wm1');
    expect(calls).toHaveLength(2);
    now += 2 * 60_000;
    await consent.agreed(pair(1), 'wm1');
    expect(calls).toHaveLength(3);
  });

  test.each(['Disagree', 'Default_Agree', 'agree', ''])('%j is no recorded agreement', async (status) => {
    expect(await createConsent(platform(() => status).post, () => 0).agreed(pair(1), 'wm1')).toBe(false);
  });

  test('in a room it is a matter of the person; one the platform does not name has not agreed', async () => {
    const consent = createConsent(platform((id) => (id === 'wm1' ? 'Agree' : 'Disagree')).post, () => 0);
    expect(await consent.agreed(room, 'wm1')).toBe(true);
    expect(await consent.agreed(room, 'wm2')).toBe(false);
    expect(await consent.agreed(room, 'wm3')).toBe(false);
  });

  test('what the archive itself says counts at once', async () => {
    const { calls, post } = platform(() => 'Agree');
    const consent = createConsent(post, () => 0);
    consent.learn(pair(1), 'wm1', false);
    expect(await consent.agreed(pair(1), 'wm1')).toBe(false);
    expect(calls).toHaveLength(0);
    await consent.agreed(room, 'wm1');
    consent.learn(room, 'wm2', false);
    expect(await consent.agreed(room, 'wm1')).toBe(true);
    expect(await consent.agreed(room, 'wm2')).toBe(false);
  });

  test('when the platform cannot be asked, nothing is decided', async () => {
    const failing = async (): Promise<JsonRecord> => {
      throw ApiFailure.unreached('timeout', null);
    };
    await expect(createConsent(failing, () => 0).agreed(pair(1), 'wm1')).rejects.toBeInstanceOf(ApiFailure);
  });
});

describe('careful pages', () => {
  /** A library that dies whenever the record with this seq is among what it hands out. */
  function deadlyAt(poison: bigint | null) {
    const asked: string[] = [];
    const pull = async (seq: string, limit: number): Promise<Page> => {
      asked.push(`${seq}+${limit}`);
      const from = BigInt(seq);
      if (poison === null || (poison > from && poison <= from + BigInt(limit))) throw new LibraryFailure('crashed');
      return { messages: [], seq: String(from + BigInt(limit)), full: true, unreadable: 0, stoppedAtKey: null };
    };
    return { asked, pull: createCautiousPull({ pull }) };
  }

  test('the one record that kills the library is passed over, and only that one', async () => {
    const { pull } = deadlyAt(3n);
    let [seq, unreadable] = ['0', 0];
    for (let tries = 0; tries < 30 && BigInt(seq) < 10n; tries += 1) {
      const page = await pull(seq).catch(() => null);
      if (page === null) continue;
      seq = page.seq;
      unreadable += page.unreadable;
    }
    expect(BigInt(seq)).toBeGreaterThanOrEqual(10n);
    expect(unreadable).toBe(1);
  });

  test('a library that always dies moves nothing', async () => {
    const { pull } = deadlyAt(null);
    for (let tries = 0; tries < 12; tries += 1) await expect(pull('0')).rejects.toBeInstanceOf(LibraryFailure);
  });

  test('a page that is too big is asked for smaller, then grows again', async () => {
    const limits: number[] = [];
    const pull = createCautiousPull({
      async pull(seq, limit) {
        limits.push(limit);
        if (limit > 50) throw new ArchiveRefusal(301058);
        return { messages: [], seq, full: true, unreadable: 0, stoppedAtKey: null };
      },
    });
    await pull('0').catch(() => null);
    await pull('0');
    await pull('0');
    expect(limits).toEqual([200, 20, 40]);
  });
});

test.each([
  [new ArchiveRefusal(10001), 'degraded', '连不上'],
  [new ArchiveRefusal(10009), 'failed', '可信 IP'],
  [new ArchiveRefusal(48002), 'failed', '不是应用的 Secret'],
  [new ArchiveRefusal(777), 'degraded', '777'],
  [new LibraryFailure('load'), 'failed', 'WECOM_ARCHIVE_LIB'],
  [new LibraryFailure('init', 40001), 'failed', 'WECOM_ARCHIVE_SECRET'],
  [new LibraryFailure('hung'), 'degraded', '没有反应'],
  [
    ApiFailure.of({ errcode: 60020, errmsg: 'not allow to access from your ip, from ip: 203.0.113.9' }),
    'degraded',
    '203.0.113.9',
  ],
  [new Error('database'), 'degraded', '数据库'],
])('failure %# has words and a remedy', (error, status, words) => {
  const problem = explainArchive(error);
  expect(problem).toMatchObject({ status, detail: expect.stringContaining(words) });
  expect(problem.waitMs).toBeGreaterThanOrEqual(15_000);
});

test('the proxy comes in the two texts the library wants', () => {
  expect(libraryProxy({})).toEqual({ proxy: '', password: '' });
  expect(libraryProxy({ HTTPS_PROXY: 'http://10.0.0.1:8080' })).toEqual({
    proxy: 'http://10.0.0.1:8080',
    password: '',
  });
  expect(libraryProxy({ https_proxy: 'http://us%40er:p%3Aw@proxy:3128' })).toEqual({
    proxy: 'http://proxy:3128',
    password: 'us@er:p:w',
  });
});
