/*
 * VS Code sends each ArrayBuffer of a webview message as an argument of its own and counts arguments in one byte: a
 * message with more than 255 arrives broken, without an error. So all numbers of a message travel in one buffer.
 * What else JSON would lose on the way (NaN, −0, undefined) is kept too.
 */

const arrayTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;

type ArrayType = keyof typeof arrayTypes;
type NumberArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

/** Where an array lies in the buffer. */
export interface Place {
  readonly type: ArrayType;
  /** In bytes, a multiple of eight. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;
}

interface Parts {
  /**
   * Plain JSON. `{ $array: i }` stands for the array at `places[i]`, `{ $value: "NaN" }` for a value that JSON lacks;
   * keys of the data itself that begin with `$` have another `$` before them.
   */
  readonly tree: unknown;
  readonly places: readonly Place[];
  readonly buffer: ArrayBuffer;
  /** Length of the buffer that was sent. */
  readonly bytes: number;
}

declare const carried: unique symbol;

/** A `T` in a form that arrives whole: only {@link pack} makes one, so that nothing else can be sent. */
export interface Packed<T> extends Parts {
  readonly [carried]: T;
}

const alignment = 8;

/**
 * Arrays that are the same object are carried once; of a view on a longer buffer, the view alone.
 *
 * @throws TypeError for what is not plain data: functions, bigints, instances of classes, cycles
 */
export function pack<T>(value: T): Packed<T> {
  const places: Place[] = [];
  const arrays = new Map<NumberArray, number>();
  const open = new Set<object>();
  let bytes = 0;

  const placeOf = (array: NumberArray): number => {
    const known = arrays.get(array);
    if (known !== undefined) return known;
    arrays.set(array, places.length);
    places.push({ type: typeOf(array), offset: bytes, length: array.length });
    bytes += Math.ceil(array.byteLength / alignment) * alignment;
    return places.length - 1;
  };

  const treeOf = (part: unknown): unknown => {
    const special = specialName(part);
    if (special !== undefined) return { $value: special };
    if (part === null || typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean')
      return part;
    if (typeof part !== 'object') throw new TypeError(`A ${typeof part} cannot be sent.`);
    if (isNumberArray(part)) return { $array: placeOf(part) };
    if (open.has(part)) throw new TypeError('What contains itself cannot be sent.');
    open.add(part);
    const tree = Array.isArray(part) ? Array.from(part, treeOf) : entriesOf(part);
    open.delete(part);
    return tree;
  };

  const entriesOf = (part: object): unknown => {
    const prototype: unknown = Object.getPrototypeOf(part);
    // Data of another process or realm has an Object.prototype of its own.
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null)
      throw new TypeError(`A ${part.constructor.name} cannot be sent.`);
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key.startsWith('$') ? `$${key}` : key, treeOf(value)]),
    );
  };

  const tree = treeOf(value);
  const buffer = new ArrayBuffer(bytes);
  for (const [array, index] of arrays) {
    const { offset } = places[index]!;
    const source = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    new Uint8Array(buffer, offset, source.length).set(source);
  }
  const parts: Parts = { tree, places, buffer, bytes };
  return parts as Packed<T>;
}

/**
 * What was packed; its arrays are views on the one buffer.
 *
 * @throws RangeError if it did not arrive as it was sent
 */
export function unpack<T>(packed: Packed<T>): T {
  const { tree, places, buffer, bytes } = packed;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== bytes)
    throw new RangeError(`The numbers of a message are not the ${bytes} bytes that were sent.`);
  const arrays = places.map(({ type, offset, length }) => new arrayTypes[type](buffer, offset, length));

  const valueOf = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map(valueOf);
    if ('$array' in part) {
      const array = arrays[Number(part.$array)];
      if (!array) throw new RangeError('An array of a message has no place in its buffer.');
      return array;
    }
    if ('$value' in part) return specials.get(String(part.$value));
    return Object.fromEntries(
      Object.entries(part).map(([key, value]) => [key.startsWith('$$') ? key.slice(1) : key, valueOf(value)]),
    );
  };

  return valueOf(tree) as T;
}

/** Whether a message has the form of a packed one; {@link unpack} finds out whether it is whole. */
export function isPacked(message: unknown): message is Packed<unknown> {
  return (
    typeof message === 'object' &&
    message !== null &&
    'tree' in message &&
    'bytes' in message &&
    'places' in message &&
    Array.isArray(message.places)
  );
}

const specials = new Map<string, unknown>([
  ['undefined', undefined],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

function specialName(value: unknown): string | undefined {
  for (const [name, special] of specials) if (Object.is(value, special)) return name;
  return undefined;
}

function isNumberArray(value: object): value is NumberArray {
  return Object.values(arrayTypes).some((type) => value instanceof type);
}

function typeOf(array: NumberArray): ArrayType {
  return (Object.keys(arrayTypes) as ArrayType[]).find((name) => array instanceof arrayTypes[name])!;
}
