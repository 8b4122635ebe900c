/** Mean of the values that are numbers; NaN if there is none. */
export function mean(values: ArrayLike<number>): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Sample variance (n − 1) of the values that are numbers; NaN with fewer than two. */
export function variance(values: ArrayLike<number>): number {
  const middle = mean(values);
  let [sum, count] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    sum += (value - middle) ** 2;
    count++;
  }
  return count < 2 ? NaN : sum / (count - 1);
}
