/** A seeded source of whole numbers: `next(n)` returns one of 0 … n − 1 (mulberry32, Tommy Ettinger, public domain). */
export type Random = (below: number) => number;

export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Numbers that break careless parsers: 4 GB, 2⁵³, −1, an endless varint, 2³¹, nothing, one byte too many. */
const varints = [
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0x00],
  [0x7f],
];

/** A mutation: bytes that overwrite others, or a completely different file. */
export type Mutation = { readonly how: string } & (
  { readonly at: number; readonly data: Buffer } | { readonly whole: Buffer }
);

/** A random mutation at `place`, a position in `bytes`. @param moves whether it may change the length */
export function mutate(bytes: Buffer, place: number, random: Random, moves: boolean): Mutation {
  const from = random(bytes.length);
  const length = 1 + random(random(2) ? 8 : 200);
  const varint = Buffer.from(varints[random(varints.length)]!);
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
  switch (random(moves ? 8 : 5)) {
    case 0:
    case 1:
    case 2: {
      const mask = 1 << random(8);
      return {
        how: `bits ${mask} of byte ${place} flipped`,
        at: place,
        data: Buffer.of(bytes[place]! ^ mask),
      };
    }
    case 3:
      return {
        how: `${varint.toString('hex')} written at ${place}`,
        at: place,
        data: varint.subarray(0, bytes.length - place),
      };
    case 4: {
      const data = Buffer.from(bytes.subarray(from, Math.min(from + length, from + after.length)));
      return { how: `${length} bytes from ${from} written at ${place}`, at: place, data };
    }
    case 5: {
      const how = `${varint.toString('hex')} put in for byte ${place}`;
      return { how, whole: Buffer.concat([before, varint, after.subarray(1)]) };
    }
    case 6:
      return {
        how: `${length} bytes cut out at ${place}`,
        whole: Buffer.concat([before, after.subarray(length)]),
      };
    default: {
      const piece = bytes.subarray(from, from + length);
      return {
        how: `${length} bytes from ${from} put in at ${place}`,
        whole: Buffer.concat([before, piece, after]),
      };
    }
  }
}

/** A random position inside one of the ranges, each byte equally likely; undefined if there are none. */
export function placeIn(ranges: readonly Range[], random: Random): number | undefined {
  const total = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  let rest = total > 0 ? random(total) : 0;
  for (const { start, end } of ranges) {
    if (rest < end - start) return start + rest;
    rest -= end - start;
  }
  return undefined;
}

/** The parts of [0, size) outside the ranges. */
export function outside(ranges: readonly Range[], size: number): Range[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  const found: Range[] = [];
  let at = 0;
  for (const { start, end } of sorted) {
    if (start > at) found.push({ start: at, end: start });
    at = Math.max(at, end);
  }
  if (at < size) found.push({ start: at, end: size });
  return found;
}
