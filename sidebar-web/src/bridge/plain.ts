/** An ordinary browser: no client to ask, so that only who has a session already gets anywhere. */
import type { Bridge } from './bridge.ts';

export function createPlainBridge(): Bridge {
  return {
    platform: 'plain',
    signInCode: async () => ({ ok: false, reason: 'outside' }),
    currentChat: async () => ({ ok: true, value: null }),
    canSend: () => false,
    sendToChat: async () => ({ ok: false, reason: 'outside' }),
    canClose: () => false,
    close() {},
  };
}
