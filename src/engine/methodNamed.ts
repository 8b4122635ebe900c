/** The method of a name that another process gave. @throws Error if there is none, also where an object inherits one */
export function methodNamed<T extends object, K extends keyof T>(methods: T, name: K): T[K] {
  if (Object.hasOwn(methods, name)) return methods[name];
  throw new Error(`There is no method “${String(name)}”; there are ${Object.keys(methods).join(', ')}.`);
}
