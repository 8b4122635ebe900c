/** Types of WebAssembly values. */
export const wasmType = { i32: 0x7f, f32: 0x7d, v128: 0x7b } as const;
export type WasmType = keyof typeof wasmType;

/** The few SIMD instructions (WebAssembly core specification 2.0, § 5.4.8) that the kernels are made of. */
const simd = {
  load: 0x00,
  splatLoad: 0x09,
  store: 0x0b,
  constant: 0x0c,
  shuffle: 0x0d,
  splat: 0x13,
  shiftLeft: 0xab,
  addIntegers: 0xae,
  sqrt: 0xe3,
  add: 0xe4,
  sub: 0xe5,
  mul: 0xe6,
  div: 0xe7,
  /** `b < a ? b : a`, and with > for `max`, in one machine instruction; f32x4.max would look for NaN and take five. */
  min: 0xea,
  max: 0xeb,
} as const;
export type SimdOperation = 'addIntegers' | 'sqrt' | 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max';

/** Builds a function's code instruction by instruction. Methods are named after what they emit. */
export class WasmFunction {
  private readonly bytes: number[] = [];
  private readonly locals: WasmType[] = [];

  constructor(
    readonly name: string,
    readonly params: readonly WasmType[],
  ) {}

  /** Adds a local variable. */
  local(type: WasmType): number {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }

  get(...locals: readonly number[]): void {
    for (const local of locals) this.bytes.push(0x20, ...unsigned(local));
  }
  set(local: number): void {
    this.bytes.push(0x21, ...unsigned(local));
  }
  integer(value: number): void {
    this.bytes.push(0x41, ...signed(value));
  }
  /** `local += value`. */
  increase(local: number, value: number): void {
    this.get(local);
    this.integer(value);
    this.bytes.push(0x6a);
    this.set(local);
  }
  /** `local = 0`. */
  zero(local: number): void {
    this.integer(0);
    this.set(local);
  }
  /** Adds the two integers on the stack. */
  addIntegers(): void {
    this.bytes.push(0x6a);
  }

  /** Loads four floats from `pointer + offset`; `splat`: one float into all four lanes. */
  load(pointer: number, offset: number, kind: 'load' | 'splatLoad' = 'load'): void {
    this.get(pointer);
    this.simd(simd[kind]);
    this.bytes.push(2, ...unsigned(offset));
  }
  /** Stores local `value` at `pointer + offset`. */
  store(pointer: number, offset: number, value: number): void {
    this.get(pointer, value);
    this.simd(simd.store);
    this.bytes.push(2, ...unsigned(offset));
  }
  /** Stores the first lane of local `value` at `pointer + offset`. */
  storeFirst(pointer: number, offset: number, value: number): void {
    this.get(pointer, value);
    this.simd(0x1f);
    this.bytes.push(0, 0x38, 2, ...unsigned(offset));
  }
  constant(value: number): void {
    this.simd(simd.constant);
    const lane = [...new Uint8Array(Float32Array.of(value).buffer)];
    this.bytes.push(...lane, ...lane, ...lane, ...lane);
  }
  /** Copies the float in local `value` to all four lanes. */
  splat(value: number): void {
    this.get(value);
    this.simd(simd.splat);
  }
  do(...operations: readonly SimdOperation[]): void {
    for (const operation of operations) this.simd(simd[operation]);
  }
  shiftLeft(bits: number): void {
    this.integer(bits);
    this.simd(simd.shiftLeft);
  }
  /** Sets every lane of local `value` to the sum or maximum of all four lanes. */
  acrossLanes(value: number, operation: 'add' | 'max'): void {
    for (const lanes of [
      [2, 3, 0, 1],
      [1, 0, 3, 2],
    ]) {
      this.get(value, value, value);
      this.simd(simd.shuffle);
      this.bytes.push(...lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)));
      this.do(operation);
      this.set(value);
    }
  }

  /** Repeats `body` and `counter += step` until `counter ≥ end` (a number, or a local as `{ local }`), at least once. */
  loop(counter: number, step: number, end: number | { readonly local: number }, body: () => void): void {
    this.bytes.push(0x03, 0x40);
    body();
    this.increase(counter, step);
    this.get(counter);
    if (typeof end === 'number') this.integer(end);
    else this.get(end.local);
    this.bytes.push(0x49, 0x0d, 0, 0x0b);
  }

  /** The entry in the module's code section. */
  encoded(): number[] {
    const locals = this.locals.flatMap((type) => [1, wasmType[type]]);
    const body = [...unsigned(this.locals.length), ...locals, ...this.bytes, 0x0b];
    return [...unsigned(body.length), ...body];
  }

  private simd(operation: number): void {
    this.bytes.push(0xfd, ...unsigned(operation));
  }
}

/** LEB128. */
export function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

function signed(value: number): number[] {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)];
}
