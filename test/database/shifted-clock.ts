// Loaded before anything else, it sets the wall clock of a process wrong by as many milliseconds as its own address says.
const off = Number(new URL(import.meta.url).searchParams.get('off'));
const TrueDate = Date;

globalThis.Date = new Proxy(TrueDate, {
  construct: (target, given) =>
    given.length === 0 ? new target(TrueDate.now() + off) : Reflect.construct(target, given),
  get: (target, name) => (name === 'now' ? () => TrueDate.now() + off : Reflect.get(target, name)),
});
