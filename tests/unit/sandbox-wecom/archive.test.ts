/** The conversation archive: consent first, numbered records under several keys, five days, notices, exports. */
import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ArchiveRecord, recordLine } from '../../../sandbox/wecom/index.ts';
import { apiOf, field, standIn, startEmulator } from './support.ts';

const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
const KEYS = [pair(), pair()];

/** As DecryptData does it here: the random key under RSA, the message under AES with that key. */
function opened(record: ArchiveRecord): Record<string, unknown> {
  const key = KEYS[record.publickey_ver - 1]?.privateKey ?? '';
  const sealedKey = Buffer.from(record.encrypt_random_key, 'base64');
  const randomKey = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, sealedKey);
  const decipher = createDecipheriv('aes-256-cbc', randomKey, randomKey.subarray(0, 16));
  const bytes = [decipher.update(Buffer.from(record.encrypt_chat_msg, 'base64')), decipher.final()];
  return JSON.parse(Buffer.concat(bytes).toString('utf8'));
}

async function office(options: object = {}) {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000, ...options });
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const zhou = emulator.world.addCustomer({ name: '周工' });
  emulator.archive.addPublicKey(KEYS[0]?.publicKey ?? '');
  return { emulator, product, lina, zhou };
}

describe('what is kept', () => {
  test('nothing before the customer agrees, then both sides', async () => {
    const { emulator, product, lina, zhou } = await office();
    emulator.say(zhou, lina, '太早');
    expect(emulator.archive.records).toHaveLength(0);
    await emulator.agreeToArchive(zhou, lina)?.done;
    expect(product.inner().map((xml) => field(xml, 'ChangeType') ?? field(xml, 'Event'))).toContain(
      'msg_audit_approved',
    );
    const said = emulator.say(zhou, lina, '多少钱');
    emulator.say(lina, zhou, '23 元');
    const [agreed, asked, answered] = emulator.archive.records.map(opened);
    expect(agreed).toMatchObject({ msgtype: 'agree', agree: { userid: zhou.externalUserId } });
    expect(asked).toEqual({
      ...{ msgid: `${said.messageId}_external`, action: 'send', from: zhou.externalUserId, tolist: ['lina'] },
      ...{ roomid: '', msgtime: 1_700_000_000_000, msgtype: 'text', text: { content: '多少钱' } },
    });
    expect(answered).toMatchObject({ from: 'lina', text: { content: '23 元' } });
    emulator.agreeToArchive(zhou, lina, false);
    emulator.say(zhou, lina, '不要存');
    expect(emulator.archive.records.map(opened).at(-1)).toMatchObject({ msgtype: 'disagree' });
  });

  test('groups, internal chats, records, recalls; not people without archive', async () => {
    const { emulator, lina, zhou } = await office();
    const wang = emulator.world.addMember({ userid: 'wang', name: '王强', archived: false });
    const group = emulator.world.createGroup({ name: '恒锐', members: [lina, zhou] });
    emulator.agreeToArchive(zhou, group);
    const said = emulator.say(zhou, group, '就按 23 元');
    emulator.forward(lina, [said.messageId], wang, { as: 'merged' });
    emulator.recall(said.messageId);
    emulator.recall(emulator.sayToApp(lina, '发错了').messageId);
    emulator.say(wang, emulator.world.addCustomer({ name: '韩经理' }), '没有存档');
    const [, asked, record, recall] = emulator.archive.records.map(opened);
    expect(asked).toMatchObject({ roomid: group.chatId });
    expect(record).toMatchObject({
      msgtype: 'chatrecord',
      chatrecord: { item: [{ content: '{"content":"就按 23 元"}' }] },
    });
    expect(recall).toMatchObject({ action: 'recall', revoke: { pre_msgid: `${said.messageId}_external` } });
    expect(emulator.archive.records).toHaveLength(4);
  });

  test('a new public key is the next version; the old one stays needed', async () => {
    const { emulator, lina } = await office();
    const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
    emulator.say(lina, wang, '旧钥匙');
    expect(emulator.archive.addPublicKey(KEYS[1]?.publicKey ?? '')).toBe(2);
    emulator.say(lina, wang, '新钥匙');
    expect(emulator.archive.records.map(({ publickey_ver }) => publickey_ver)).toEqual([1, 2]);
    expect(emulator.archive.records.map((record) => opened(record).text)).toEqual([
      { content: '旧钥匙' },
      { content: '新钥匙' },
    ]);
  });
});

describe('pulling', () => {
  test('after a number, in order, beyond 2^53, without `chatdata` when there is nothing', async () => {
    const { emulator, lina } = await office({ archive: { secret: 'archive secret', firstSeq: 9007199254740993n } });
    const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
    expect(emulator.archive.pull(0, 10)).toBe('{"errcode":0,"errmsg":"ok"}');
    for (let i = 0; i < 3; i += 1) emulator.say(lina, wang, `${i}`);
    expect(emulator.archive.pull(0, 2).match(/"seq":\d+/g)).toEqual([
      '"seq":9007199254740993',
      '"seq":9007199254740994',
    ]);
    expect(emulator.archive.pull(9007199254740994n, 2).match(/"seq":\d+/g)).toEqual(['"seq":9007199254740995']);
    expect(JSON.parse(emulator.archive.pull(0, 1001)).errcode).toBe(10000);
    emulator.archive.failPulls(10009);
    expect(JSON.parse(emulator.archive.pull(0, 1)).errcode).toBe(10009);
    emulator.clock.advance(5 * 24 * 3600_000);
    expect(emulator.archive.pull(0, 10)).toBe('{"errcode":0,"errmsg":"ok"}');
  });

  test('anything can be put in: control characters, unknown types, switches', async () => {
    const { emulator } = await office();
    emulator.archive.keepRaw('{"msgid":"x","msgtype":"text","text":{"content":"a\u0001b"}}', 'x');
    const { archive } = emulator;
    expect(() => opened(archive.records[0] as ArchiveRecord)).toThrow(SyntaxError);
  });

  test('a file follows the archive line by line', async () => {
    const { emulator, lina } = await office();
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
    emulator.say(lina, wang, '一');
    emulator.archive.mirrorTo(join(folder, 'chatdata.jsonl'));
    emulator.say(lina, wang, '二');
    const lines = readFileSync(join(folder, 'chatdata.jsonl'), 'utf8').split('\n');
    expect(lines).toEqual([...emulator.archive.records.map(recordLine), '']);
    expect(Object.keys(JSON.parse(lines[0] ?? ''))).toEqual([
      'seq',
      'msgid',
      'publickey_ver',
      'encrypt_random_key',
      'encrypt_chat_msg',
    ]);
  });
});

test('one notice in fifteen seconds', async () => {
  const { emulator, product, lina } = await office();
  const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
  for (let i = 0; i < 3; i += 1) emulator.say(lina, wang, `${i}`);
  await emulator.quiet();
  expect(product.inner().map((xml) => field(xml, 'Event'))).toEqual(['msgaudit_notify']);
  expect(field(product.inner()[0], 'AgentID')).toBe('2000004');
  emulator.clock.advance(15_000);
  await emulator.quiet();
  expect(product.received).toHaveLength(2);
});

test('consent and members by API, with the archive’s own secret', async () => {
  const { emulator, lina, zhou } = await office();
  const group = emulator.world.createGroup({ name: '恒锐', members: [lina, zhou] });
  emulator.agreeToArchive(zhou, lina);
  const api = await apiOf(emulator, 'archive secret');
  expect(await api.post('msgaudit/get_permit_user_list', {})).toMatchObject({ ids: ['lina'] });
  const info = [{ userid: 'lina', exteranalopenid: zhou.externalUserId }];
  expect(await api.post('msgaudit/check_single_agree', { info })).toMatchObject({
    agreeinfo: [{ agree_status: 'Agree', status_change_time: 1_700_000_000 }],
  });
  expect(await api.post('msgaudit/check_room_agree', { roomid: group.chatId })).toMatchObject({
    agreeinfo: [{ agree_status: 'Disagree' }],
  });
  expect((await api.post('msgaudit/groupchat/get', { roomid: group.chatId })).errcode).toBe(301059);
  const team = emulator.world.createGroup({ name: '销售部', members: [lina] });
  expect(await api.post('msgaudit/groupchat/get', { roomid: team.chatId })).toMatchObject({
    roomname: '销售部',
    members: [{ memberid: 'lina' }],
  });
  const app = await apiOf(emulator);
  expect((await app.post('msgaudit/get_permit_user_list', {})).errcode).toBe(48002);
});
