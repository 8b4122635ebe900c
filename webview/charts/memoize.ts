/** Caches a function's value for as long as its argument lives. Views are rendered again with every progress message. */
export function memoize<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined) return old;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/**
 * Keeps the value made last, and makes another one only if one of the things that it depends on has changed. A drawing that stays the
 * same object is not painted again.
 */
export function lastMade<V>(): (dependencies: readonly unknown[], make: () => V) => V {
  let last: { readonly dependencies: readonly unknown[]; readonly value: V } | undefined;
  return (dependencies, make) => {
    const isSame =
      last?.dependencies.length === dependencies.length &&
      dependencies.every((one, index) => Object.is(one, last!.dependencies[index]));
    last = last && isSame ? last : { dependencies, value: make() };
    return last.value;
  };
}

/** {@link memoize} for a function of an object and a second argument. */
export function memoizeBy<K extends object, C, V>(make: (key: K, choice: C) => V): (key: K, choice: C) => V {
  const known = new WeakMap<K, Map<C, V>>();
  return (key, choice) => {
    const ofKey = known.get(key) ?? new Map<C, V>();
    const old = ofKey.get(choice);
    if (old !== undefined) return old;
    const made = make(key, choice);
    known.set(key, ofKey.set(choice, made));
    return made;
  };
}
