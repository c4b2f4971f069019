/** Telephone numbers as two of them are compared: a mainland number with and without its prefix is the same one. */

/** Digits only, without +86; null when there are none. At most 40 characters. */
export function plainPhone(given: string | null): string | null {
  const digits = (given ?? '').normalize('NFKC').replace(/\D/g, '');
  const mainland = /^(?:00)?86(1\d{10})$/.exec(digits);
  return (mainland?.[1] ?? digits).slice(0, 40) || null;
}

/** For reports: who knows the number recognises it, nobody else learns it. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
