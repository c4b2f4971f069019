/**
 * Loaded before the product (`--import`): this process believes that its machine's clock is so much ahead of the real one
 * (MACHINE_CLOCK_AHEAD_MS), and steps it when told. Timers and `performance.now()` run on, as they do on a machine.
 */
const RealDate = Date;
let aheadMs = Number(process.env.MACHINE_CLOCK_AHEAD_MS ?? 0);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], made) =>
    Reflect.construct(target, args.length === 0 ? [target.now() + aheadMs] : args, made) as Date,
  apply: (target) => new target(target.now() + aheadMs).toString(),
  get: (target, name) =>
    name === 'now' ? () => target.now() + aheadMs : (Reflect.get(target, name, target) as unknown),
});

process.on('message', (told: { readonly aheadMs?: number }) => {
  if (typeof told.aheadMs === 'number') aheadMs = told.aheadMs;
});
// The process may end although somebody could still tell it something, and it does not outlive whoever started it.
process.channel?.unref();
process.once('disconnect', () => process.exit(1));
