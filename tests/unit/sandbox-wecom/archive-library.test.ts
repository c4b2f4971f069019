// The archive's library as a module: serves what the emulator exports, record by record.

import { constants, createPrivateKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openExport } from '../../../sandbox/wecom/archive/library.ts';
import { createWecomEmulator } from '../../../sandbox/wecom/index.ts';

test('records after a seq, each opened with its own key; a wrong key is refused', async () => {
  const emulator = createWecomEmulator({
    corpId: 'ww1234567890abcdef',
    agentId: 1000002,
    secret: 's',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    archive: { secret: 'a', firstSeq: 9_007_199_254_740_993n },
  });
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  emulator.archive.addPublicKey(pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const path = join(mkdtempSync(join(tmpdir(), 'archive-export-')), 'records.jsonl');
  emulator.archive.mirrorTo(path);
  emulator.archive.keepRaw({ msgtype: 'text', text: { content: '第一句' } });
  emulator.archive.keepRaw({ msgtype: 'text', text: { content: '第二句' } });

  const library = openExport(path);
  const page = library.getChatData('9007199254740993', 10);
  const [record] = (JSON.parse(page.text) as { chatdata: { encrypt_random_key: string; encrypt_chat_msg: string }[] })
    .chatdata;
  expect(page.text).toContain('"seq":9007199254740994');
  const key = privateDecrypt(
    {
      key: createPrivateKey(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      padding: constants.RSA_PKCS1_PADDING,
    },
    Buffer.from(record?.encrypt_random_key ?? '', 'base64'),
  ).toString('ascii');
  expect(library.decryptData(key, record?.encrypt_chat_msg ?? '').text).toContain('第二句');
  expect(library.decryptData('0'.repeat(32), record?.encrypt_chat_msg ?? '').code).toBe(10006);
  await emulator.close();
});
