/** What a customer's name and a phone are looked up by, so that duplicates are found however they are written. */
import { splitName } from '../ask/names/split-name.ts';
import { spell } from '../ask/words/spelling.ts';

/** Shorter than its column, whatever the characters. */
const MOST_CHARACTERS = 90;

/**
 * What the company is called, in one way of writing: 宁波市恆銳精密機電有限公司 → 恒锐. Several companies may share it;
 * whether two names mean the same one, `isSameCompany` says.
 */
export function normalName(name: string): string {
  const core = splitName(name).core || spell(name).text || name;
  return [...core].slice(0, MOST_CHARACTERS).join('');
}

/** Digits only, without our own country's prefix. */
export function normalPhone(phone: string): string {
  const digits = phone.normalize('NFKC').replace(/\D/g, '');
  return /^(?:00)?86(?=1\d{10}$)/.test(digits) ? digits.slice(-11) : digits;
}

/** 13812345678 → 138****5678; shorter ones show their last two digits. */
export function maskPhone(phone: string): string {
  return phone.length >= 8 ? `${phone.slice(0, 3)}****${phone.slice(-4)}` : `****${phone.slice(-2)}`;
}
