// What the rest of the product may use of the signal detector.
export { compileSignals } from './compile-signals.ts';
export type { SignalDetector, SignalFinding, Speaker } from './words.ts';
