/** Who is signed in and the stages of the pipeline: fetched once for all pages. */
import { computed, shallowRef } from 'vue';
import { crm, type MeView, type StageView } from '../api/crm.ts';

const me = shallowRef<MeView | null>(null);
let asking = false;

/** Empty until known; what shows stages does without them as long. */
export function useStages() {
  if (me.value === null && !asking) {
    asking = true;
    void crm.me().then((asked) => {
      asking = false;
      if (asked.ok) me.value = asked.value;
    });
  }
  return computed<readonly StageView[]>(() => me.value?.stages ?? []);
}
