/** After the settings of a platform changed: the server connects anew, and is away for a moment. */
import { isAway } from './ask-setup.ts';
import { pause, readSetup, setup } from './use-setup.ts';

/** The server says its answer before it goes. */
const leavesWithinMs = 800;
const everyMs = 700;
const patienceMs = 30_000;
/** A platform that is still being connected by then has a doctor to say why. */
const connectsWithinMs = 6_000;

/** Resolves with true once the server is back and knows how the platform is (null: whichever); false when it stays away. */
export async function reconnect(name: string | null): Promise<boolean> {
  const began = Date.now();
  await pause(leavesWithinMs);
  while (Date.now() - began < patienceMs) {
    const answer = await readSetup();
    if (!answer.ok && !isAway(answer.problem)) return true;
    const status = setup.value?.platforms.find((platform) => platform.name === name)?.status;
    const waiting = status === 'connecting' && Date.now() - began < connectsWithinMs;
    if (answer.ok && !waiting) return true;
    await pause(everyMs);
  }
  return false;
}
