// What the rest of the product may use of the signal detector.
export {
  compileSignals,
  type SignalDetector,
  type SignalFinding,
  type Speaker,
  type SpokenLine,
} from './compile-signals.ts';
