/** What a tapper is told when the outcome itself cannot be told. */
import type { TapAnswer } from '../channel/event.ts';

/** A promise: the tap is stored and will be decided. */
export const LATER: TapAnswer = { notice: { tone: 'info', text: '已收到，正在处理…' }, card: null };
/** Also a promise: this tap comes to nothing. */
export const AGAIN: TapAnswer = { notice: { tone: 'error', text: '没有处理成功，请再点一次。' }, card: null };
export const DOUBLED: TapAnswer = { notice: { tone: 'info', text: '已收到' }, card: null };
