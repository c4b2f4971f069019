/** Who hears what: the app hears its private chats, the product hears nothing of what people say to each other. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { decrypt, signature } from '../../../sandbox/wecom/sealing.ts';
import { field, type Received, standIn, startEmulator, TOKEN } from './support.ts';

async function office(options: object = {}) {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000, ...options });
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const zhou = emulator.world.addCustomer({ name: '周工', company: '宁波恒锐机电' });
  return { emulator, product, lina, zhou };
}

describe('to the app', () => {
  test.each([
    [{ image: 'm1' }, 'image', { MediaId: 'm1' }],
    [{ voice: 'm2' }, 'voice', { MediaId: 'm2', Format: 'amr' }],
    [
      { location: { latitude: 29.8, longitude: 121.5, label: '宁波' } },
      'location',
      { Location_X: '29.8', Label: '宁波' },
    ],
    [{ link: { title: '询价单', description: '三千套', url: 'https://x.example' } }, 'link', { Title: '询价单' }],
  ])('%j', async (what, type, fields) => {
    const { emulator, product, lina } = await office();
    await emulator.sayToApp(lina, what).delivery?.done;
    const xml = product.inner()[0];
    expect(field(xml, 'MsgType')).toBe(type);
    for (const [name, value] of Object.entries(fields)) expect(field(xml, name)).toBe(value);
  });

  test('files and merged records are never pushed', async () => {
    const { emulator, product, lina, zhou } = await office();
    expect(emulator.sayToApp(lina, { file: 'm3' }).delivery).toBeNull();
    const said = emulator.say(zhou, lina, '多少钱');
    expect(emulator.forward(lina, [said.messageId], 'app', { as: 'merged' })[0]?.delivery).toBeNull();
    expect(product.received).toHaveLength(0);
  });

  test('a record is pasted with names and times, or sent line by line', async () => {
    const { emulator, product, lina, zhou } = await office();
    const said = [emulator.say(zhou, lina, '多少钱'), emulator.say(lina, zhou, '23 元')].map(
      ({ messageId }) => messageId,
    );
    await emulator.forward(lina, said, 'app')[0]?.delivery?.done;
    expect(field(product.inner()[0], 'Content')).toBe('周工 11/15 06:13:20\n多少钱\n\n李娜 11/15 06:13:20\n23 元');
    await Promise.all(emulator.forward(lina, said, 'app', { as: 'one_by_one' }).map(({ delivery }) => delivery?.done));
    expect(
      product
        .inner()
        .slice(1)
        .map((xml) => field(xml, 'Content'))
        .sort(),
    ).toEqual(['23 元', '多少钱']);
  });

  test('opening the app, and events of any other kind', async () => {
    const { emulator, product, lina } = await office();
    await emulator.enterApp(lina).done;
    await emulator.announceMember(lina, 'update_user').done;
    await emulator.push('change_external_tag', null, { Id: 'et1', TagType: 'tag', ChangeType: 'create' }).done;
    await emulator.push('view', 'lina', { EventKey: 'https://x.example' }).done;
    const heads = product.inner().map((xml) => ['Event', 'FromUserName', 'AgentID'].map((name) => field(xml, name)));
    expect(heads).toEqual([
      ['enter_agent', 'lina', '1000002'],
      ['change_contact', 'sys', null],
      ['change_external_tag', 'sys', null],
      ['view', 'lina', '1000002'],
    ]);
  });
});

describe('between people', () => {
  test('the product hears nothing', async () => {
    const { emulator, product, lina, zhou } = await office();
    const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
    const group = emulator.world.createGroup({ name: '恒锐', members: [lina, zhou] });
    expect(zhou.externalUserId).toMatch(/^wo/);
    for (const place of [lina, group]) expect(emulator.say(zhou, place, '在吗').delivery).toBeNull();
    expect(() => emulator.say(wang, group, '我不在里面')).toThrow('not in');
    expect(() => emulator.world.createGroup({ name: 'x', members: [lina, zhou], botIn: true })).toThrow('internal');
    expect(product.received).toHaveLength(0);
  });

  test('the archive rings with keys and an address of its own', async () => {
    const aesKey = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
    const listener = await startEmulator();
    const product = await standIn(listener);
    const callbackUrl = listener.deliveries.callbackUrl() ?? '';
    const { emulator } = await office({ archive: { secret: 's', token: 'archive', aesKey, callbackUrl } });
    emulator.archive.addPublicKey(PUBLIC_KEY);
    emulator.archive.keepRaw({ msgid: 'x', action: 'switch', time: 1, user: 'lina' });
    await emulator.quiet();
    const { query, body } = product.received[0] as Received;
    const sealed = field(body, 'Encrypt') ?? '';
    const sign = (token: string) => signature(token, query.timestamp ?? '', query.nonce ?? '', sealed);
    expect([sign('archive'), sign(TOKEN)].map((one) => one === query.msg_signature)).toEqual([true, false]);
    expect(decrypt(sealed, aesKey).message).toContain('msgaudit_notify');
  });
});

const PUBLIC_KEY = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
}).publicKey;
