/** Reads what the product answers to a callback instead of nothing: an encrypted, signed XML (wecom.md §1.5). */
import type { SealContext } from './push-body.ts';
import { decrypt, signature } from './sealing.ts';
import { readElement } from './xml.ts';

export interface PassiveReply {
  /** `text`, `update_template_card` … */
  readonly type: string;
  readonly toUserName: string;
  /** The inner XML. */
  readonly xml: string;
}

/** The reply, or what is wrong with it. */
export function readReply(answer: string, context: SealContext): PassiveReply | { readonly fault: string } {
  const sealed = readElement(answer, 'Encrypt');
  const [given, timestamp, nonce] = ['MsgSignature', 'TimeStamp', 'Nonce'].map((name) => readElement(answer, name));
  if (sealed === null || given === null) return { fault: 'neither empty nor an encrypted XML' };
  if (signature(context.keys.token, timestamp ?? '', nonce ?? '', sealed) !== given) return { fault: 'bad signature' };
  try {
    const { message, receiveId } = decrypt(sealed, context.keys.aesKey);
    if (receiveId !== context.corpId) return { fault: 'wrong receiveid' };
    const type = readElement(message, 'MsgType');
    if (type === null) return { fault: 'no MsgType' };
    return { type, toUserName: readElement(message, 'ToUserName') ?? '', xml: message };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'cannot be decrypted' };
  }
}
