/*
 * exp and ln computed only with sums, products and powers of two, whose results IEEE 754 defines exactly. Math.exp and
 * Math.log may differ in the last bit between engines, and a training run would amplify that.
 */

const ln2High = 6.9314718036912381649e-1;
const ln2Low = 1.90821492927058770002e-10;
const words = new DataView(new ArrayBuffer(8));

/** eˣ in double precision, to about 1e-15; 0 below −708, Infinity above 709. */
export function expDeterministic(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x < -708) return 0;
  if (x > 709) return Infinity;
  const power = Math.round(x * 1.4426950408889634);
  const rest = x - power * ln2High - power * ln2Low;
  let sum = 1;
  for (let n = 14; n > 0; n--) sum = 1 + (rest * sum) / n;
  return sum * powerOfTwo(power);
}

/** ln x in double precision, to about 1e-15; −Infinity for 0, NaN for negative numbers. */
export function lnDeterministic(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  if (x < 2.3e-308) return lnDeterministic(x * 2 ** 54) - 54 * (ln2High + ln2Low);
  words.setFloat64(0, x);
  const high = words.getUint32(0);
  let exponent = (high >>> 20) - 1023;
  words.setUint32(0, (high & 0xfffff) | 0x3ff00000);
  let mantissa = words.getFloat64(0);
  if (mantissa > Math.SQRT2) {
    mantissa /= 2;
    exponent++;
  }
  // ln m = 2 artanh((m − 1) / (m + 1)), whose series converges quickly for |s| < .172.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let n = 21; n > 1; n -= 2) sum = square * (1 / n + sum);
  return exponent * ln2High + (2 * s * (1 + sum) + exponent * ln2Low);
}

function powerOfTwo(power: number): number {
  words.setFloat64(0, 0);
  words.setUint32(0, (power + 1023) << 20);
  return words.getFloat64(0);
}
