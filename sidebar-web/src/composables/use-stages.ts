/** Who is signed in and the stages of the pipeline: fetched once for all pages. */
import { computed, type ShallowRef, shallowRef } from 'vue';
import { crm, type MeView } from '../api/crm.ts';

const me = shallowRef<MeView | null>(null);
let asking = false;

/** Null until known. */
export function useMe(): Readonly<ShallowRef<MeView | null>> {
  if (me.value === null && !asking) {
    asking = true;
    void crm.me().then((asked) => {
      asking = false;
      if (asked.ok) me.value = asked.value;
    });
  }
  return me;
}

/** Empty until known; what shows stages does without them as long. */
export function useStages() {
  const known = useMe();
  return computed<MeView['stages']>(() => known.value?.stages ?? []);
}
