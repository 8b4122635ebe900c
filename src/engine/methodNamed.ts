/**
 * The method with a name received from another process. @throws Error if there is none, including names that objects
 * inherit
 */
export function methodNamed<T extends object, K extends keyof T>(methods: T, name: K): T[K] {
  if (Object.hasOwn(methods, name)) return methods[name];
  throw new Error(`There is no method “${String(name)}”; there are ${Object.keys(methods).join(', ')}.`);
}
