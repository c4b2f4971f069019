/** The course of handing messages over: read what was picked, then on a tap sign in and hand over. */
import { type ShallowRef, shallowRef } from 'vue';
import type { Server, ServerRefusal } from '../api/server.ts';
import type { ClientRefusal, HandOverBridge, PickedMessage } from '../bridge/bridge.ts';

/** The server takes no more at once. */
export const handOverLimit = 20;

export type Refusal = ClientRefusal | ServerRefusal;

export type HandOverState =
  | { readonly step: 'opening' }
  | { readonly step: 'stopped'; readonly reason: Refusal }
  | {
      readonly step: 'picked' | 'signing_in' | 'handing_over';
      readonly messages: readonly PickedMessage[];
      /** Why the last try did not work. */
      readonly refusal: Refusal | null;
    }
  | { readonly step: 'done'; readonly count: number };

export interface HandOver {
  readonly state: Readonly<ShallowRef<HandOverState>>;
  open(): Promise<void>;
  /** Does nothing unless messages are shown and no try is under way. */
  send(): Promise<void>;
}

/** The messages that go over, in the order they were picked. */
export function handedOver(messages: readonly PickedMessage[]): readonly PickedMessage[] {
  return messages.filter(({ readable }) => readable).slice(0, handOverLimit);
}

export function useHandOver(bridge: HandOverBridge, server: Server): HandOver {
  const state = shallowRef<HandOverState>({ step: 'opening' });

  return {
    state,
    async open() {
      state.value = { step: 'opening' };
      const picked = await bridge.pickedMessages();
      state.value = picked.ok
        ? { step: 'picked', messages: picked.value, refusal: null }
        : { step: 'stopped', reason: picked.reason };
    },
    async send() {
      if (state.value.step !== 'picked') return;
      const { messages } = state.value;
      const chosen = handedOver(messages);
      if (chosen.length === 0) return;
      state.value = { step: 'signing_in', messages, refusal: null };
      // Asked for on every try: a code works once and lives a few minutes.
      const code = await bridge.signInCode();
      if (code.ok) state.value = { step: 'handing_over', messages, refusal: null };
      const sent = code.ok ? await server.handOver(bridge.platform, bridge.request(code.value, chosen)) : code;
      state.value = sent.ok
        ? { step: 'done', count: sent.value.messages }
        : { step: 'picked', messages, refusal: sent.reason };
    },
  };
}
