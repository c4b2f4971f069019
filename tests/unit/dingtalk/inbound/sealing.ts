/** Keys of the company that the tests share. */

export const clientId = 'dingtestclient0001';
export const clientSecret = 'secret-of-the-app';
export const corpId = 'dingcorp0001';
export const keys = { token: 'tokenxxxx', aesKey: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus' };
