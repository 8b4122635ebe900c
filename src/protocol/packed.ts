/*
 * VS Code sends each ArrayBuffer of a webview message as a separate argument and stores the number of arguments in one
 * byte: a message with more than 255 arrives corrupted, without an error. So all numbers of a message travel in one buffer.
 * Values that JSON would lose (NaN, −0, undefined) are preserved too.
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

/** Position of an array in the buffer. */
export interface Place {
  readonly type: ArrayType;
  /** In bytes, a multiple of eight. */
  readonly offset: number;
  /** In elements. */
  readonly length: number;
}

interface Parts {
  /**
   * Plain JSON. `{ $array: i }` stands for the array at `places[i]`, `{ $value: "NaN" }` for a value that JSON lacks; keys
   * of the data that begin with `$` get another `$` in front.
   */
  readonly tree: unknown;
  readonly places: readonly Place[];
  readonly buffer: ArrayBuffer;
  /** Length of the buffer. */
  readonly bytes: number;
}

declare const carried: unique symbol;

/** A `T` in a form that arrives intact. Only {@link pack} creates one, so that nothing else can be sent. */
export interface Packed<T> extends Parts {
  readonly [carried]: T;
}

const alignment = 8;

/**
 * Packs data for sending. An array that occurs several times is sent once; of a view on a longer buffer, only the view is
 * sent.
 *
 * @throws TypeError for anything but plain data: functions, bigints, class instances, cycles
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
    if (open.has(part)) throw new TypeError('An object that contains itself cannot be sent.');
    open.add(part);
    const tree = Array.isArray(part) ? Array.from(part, treeOf) : entriesOf(part);
    open.delete(part);
    return tree;
  };

  const entriesOf = (part: object): unknown => {
    const prototype: unknown = Object.getPrototypeOf(part);
    // Data from another process or realm has its own Object.prototype.
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
 * Restores packed data. Its arrays are views on the one buffer.
 *
 * @throws RangeError if the data did not arrive as it was sent
 */
export function unpack<T>(packed: Packed<T>): T {
  const { tree, places, buffer, bytes } = packed;
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== bytes)
    throw new RangeError(`The numbers of a message do not have the ${bytes} bytes that were sent.`);
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

/** Whether a message has the form of a packed one; {@link unpack} checks whether it is intact. */
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
