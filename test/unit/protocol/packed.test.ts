import assert from 'node:assert/strict';
import { isPacked, pack, unpack } from '../../../src/protocol/packed';

/** Transfers a message as to a webview: JSON and one buffer. */
function carried<T>(value: T): T {
  const packed = pack(value);
  const { buffer, ...rest } = packed;
  return unpack({ ...(JSON.parse(JSON.stringify(rest)) as typeof packed), buffer: buffer.slice(0) });
}

describe('a packed message', () => {
  it('arrives as it was sent, with every kind of array wherever it stands', () => {
    const value = {
      text: 'king → queen',
      none: null,
      nested: [{ deep: [new Float64Array([1.5, NaN, -0, Infinity])] }, new Float32Array([0.25])],
      bytes: [new Uint8Array([1, 2, 3]), new Int8Array([-1]), new Uint8ClampedArray([255])],
      words: [new Int16Array([-2]), new Uint16Array([7]), new Int32Array([-5, 5]), new Uint32Array([9])],
      empty: { array: new Float64Array(0), list: [], object: {} },
    };
    assert.deepEqual(carried(value), value);
  });

  it('keeps values that JSON cannot represent', () => {
    const value = { numbers: [NaN, Infinity, -Infinity, -0, 0], missing: undefined, list: [undefined, null] };
    const arrived = carried(value);
    assert.deepEqual(arrived, value);
    assert.ok(Object.is(arrived.numbers[3], -0) && Object.is(arrived.numbers[4], 0));
    assert.ok('missing' in arrived);
  });

  it('contains all numbers in one buffer, however many arrays there are', () => {
    const arrays = Array.from({ length: 1000 }, (_, index) => Float64Array.of(index, -index));
    const packed = pack({ arrays });
    const buffers: unknown[] = [];
    JSON.stringify(packed, (_key, part: unknown) => {
      if (part instanceof ArrayBuffer || ArrayBuffer.isView(part)) buffers.push(part);
      return part;
    });
    assert.deepEqual(buffers, [packed.buffer]);
    assert.deepEqual(carried({ arrays }), { arrays });
  });

  it('includes only the view of a longer buffer, and the same array once', () => {
    const long = Float64Array.from({ length: 1000 }, (_, index) => index);
    const part = long.subarray(10, 13);
    const packed = pack({ part, again: part });
    assert.equal(packed.buffer.byteLength, 24);
    const { part: first, again } = unpack(packed);
    assert.deepEqual([...first], [10, 11, 12]);
    assert.equal(first, again);
  });

  it('aligns every array to its type', () => {
    const value = [new Uint8Array([1]), new Float64Array([2]), new Int16Array([3]), new Float32Array([4])];
    for (const { offset } of pack(value).places) assert.equal(offset % 8, 0);
    assert.deepEqual(carried(value), value);
  });

  it('does not mistake data for its own markers', () => {
    const value = { $array: 0, $value: 'NaN', $$array: { $value: 1 }, $: '$', plain: { $array: [1] } };
    assert.deepEqual(carried(value), value);
    assert.deepEqual(carried(JSON.parse('{"__proto__": {"a": 1}}')), JSON.parse('{"__proto__": {"a": 1}}'));
  });

  it('cannot contain anything but plain data', () => {
    const circle: unknown[] = [];
    circle.push(circle);
    const others = [
      new Map(),
      new Set(),
      new Date(0),
      () => 1,
      1n,
      Symbol('s'),
      new DataView(new ArrayBuffer(1)),
      circle,
    ];
    for (const other of others) assert.throws(() => pack({ other }), TypeError);
    const twice = { a: 1 };
    assert.deepEqual(carried([twice, twice]), [twice, twice]);
  });

  it('is rejected if its buffer is not the one that was sent', () => {
    const packed = pack({ values: Float64Array.of(1, 2, 3) });
    const broken: unknown[] = [new ArrayBuffer(16), new ArrayBuffer(32), undefined, {}, new Float64Array(3)];
    for (const buffer of broken)
      assert.throws(() => unpack({ ...packed, buffer: buffer as ArrayBuffer }), /do not have the 24 bytes/u);
    assert.throws(() => unpack({ ...packed, places: [] }), /no place/u);
    assert.throws(() => unpack({ ...packed, places: [{ ...packed.places[0]!, length: 4 }] }), RangeError);
  });

  it('is distinguished from other messages', () => {
    assert.ok(isPacked(pack(null)));
    for (const other of [null, undefined, 7, 'tree', {}, { type: 'state' }, { tree: 1 }, []])
      assert.ok(!isPacked(other));
  });
});
