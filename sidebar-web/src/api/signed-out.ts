/** Nobody is signed in and no client can do it: then the page is the one that offers the platforms' own login. */
import { shallowRef } from 'vue';

/** Names of the platforms whose login an ordinary browser can use; null while it is not asked for. */
export const signedOut = shallowRef<readonly string[] | null>(null);
