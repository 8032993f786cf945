const STATE = Symbol('what lazy parts are found in');

interface Lazy {
  readonly [STATE]: { readonly source: never; readonly found: Map<string, unknown> };
}

/** How each part is found in a source. */
type Finders<Parts, Source> = { readonly [Name in keyof Parts]-?: (source: Source) => Parts[Name] };

/** Adds parts to an object that are found when somebody first asks for them, each once. */
export type AddParts<Parts, Source> = <Known extends object>(known: Known, source: Source) => Known & Readonly<Parts>;

/**
 * Declares parts that are found in a source when somebody first asks for them. All objects share the getters: those of a
 * literal belong to one object, and V8 keeps them, with the payload that they hold, until it collects everything.
 */
export function defineParts<Parts extends object, Source>(find: Finders<Parts, Source>): AddParts<Parts, Source> {
  const getters = toGetters(find);
  return <Known extends object>(known: Known, source: Source) =>
    Object.defineProperties(withState({ ...known }, source), getters) as Known & Readonly<Parts>; // The getters find its parts.
}

/** Declares an object of nothing but such parts. Making one costs less, and its parts cannot be listed or copied. */
export function defineView<Parts extends object, Source>(find: Finders<Parts, Source>): (source: Source) => Parts {
  const view: object = Object.defineProperties({}, toGetters(find));
  return (source) => withState(Object.create(view), source) as Parts; // The getters find its parts.
}

function withState<Made extends object>(made: Made, source: unknown): Made {
  return Object.defineProperty(made, STATE, { value: { source, found: new Map() } });
}

function toGetters(find: object): PropertyDescriptorMap {
  const finders = Object.entries<(source: never) => unknown>({ ...find });
  return Object.fromEntries(finders.map(([name, findPart]) => [name, toGetter(name, findPart)]));
}

function toGetter(name: string, find: (source: never) => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    get(this: Lazy) {
      const { source, found } = this[STATE];
      if (!found.has(name)) found.set(name, find(source));
      return found.get(name);
    },
  };
}
